"""The state of a page that has controls and a link, whichever page it is."""

from sharing.comparison import ComparisonState
from sharing.images import ImagesState
from sharing.learning import LearningState
from sharing.page_state import PageState
from sharing.training import TrainingState
from sharing.upsampling import UpsamplingState

AnyState = PageState | ComparisonState | ImagesState | LearningState | TrainingState | UpsamplingState
