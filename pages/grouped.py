"""The grouped page: channels in groups that do not see each other, up to depthwise, where each is by itself."""

from kinds.grouped import SPEC
from pages.shared.stage_page import show_page

show_page(SPEC)
