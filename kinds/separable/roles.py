"""The arrays that only a separable layer has: those of its pointwise half."""

from sharing.roles import BIAS, Role

POINTWISE_KERNEL = Role(
    "pointwise_kernel", "Pointwise kernel values", 3, -2, 3, (8, 8, 1, 1),
    lambda shape: (1, 1, *shape[:2]),
    lambda text: (text[0] * text[1] * text[2], text[3], 1, 1),
)  # fmt: skip
POINTWISE_BIAS = Role(
    "pointwise_bias",
    "Pointwise bias values",
    4,
    -5,
    5,
    (8,),
    BIAS.as_text,
    BIAS.from_text,
    may_be_blank=True,
    naming=BIAS.naming,
)
