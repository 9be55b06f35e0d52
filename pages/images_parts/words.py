"""What the page of pictures says: of each kernel, of its cost, and beside the pictures. Templates with named places."""

from engine.messages import fill
from engine.spatial_factors import spatial_factors
from sharing.image_kernels import ImageKernel, ImageKernelName

KERNEL_WORDS: dict[ImageKernelName, str] = {
    ImageKernelName.IDENTITY: "One weight of 1 in the middle: every pixel comes out as it was.",
    ImageKernelName.BOX_BLUR: "Each result is the mean of 25 pixels, so that fine detail goes.",
    ImageKernelName.GAUSS_BLUR: "A mean in which nearer pixels count more: it blurs without the box's hard edges.",
    ImageKernelName.WIDE_GAUSS_BLUR: "The same over more pixels: a larger kernel blurs more, and costs more.",
    ImageKernelName.MOTION_BLUR: "The mean along a diagonal, as if the camera had moved while it took the picture.",
    ImageKernelName.SHARPEN: "A pixel is pushed away from its four neighbours, so that differences grow.",
    ImageKernelName.UNSHARP: "Twice the picture less its blur: what the blur would lose is added once more.",
    ImageKernelName.SOBEL_X: "Right less left: above 0 where it gets brighter to the right, below 0 where darker.",
    ImageKernelName.SOBEL_Y: "Lower less upper: above 0 where it gets brighter downwards, below 0 where darker.",
    ImageKernelName.PREWITT_X: "As Sobel, with all three rows counted alike: a little more noise.",
    ImageKernelName.PREWITT_Y: "As Sobel, with all three columns counted alike: a little more noise.",
    ImageKernelName.SCHARR_X: "As Sobel, with weights that treat all directions of an edge more alike.",
    ImageKernelName.SCHARR_Y: "As Sobel, with weights that treat all directions of an edge more alike.",
    ImageKernelName.LAPLACE: "The four neighbours less four times the middle: 0 on even ground and on even slopes.",
    ImageKernelName.OUTLINE: "Eight times the middle less all eight neighbours: only what differs from them is left.",
    ImageKernelName.EMBOSS: "The lower right less the upper left, plus 128: as if light fell on a relief.",
    ImageKernelName.GABOR: (
        "Stripes under a bell: it answers to lines as wide as its own stripes that run along them. At 0° they stand "
        "upright, and the angle turns them clockwise."
    ),
    ImageKernelName.OWN: "Your own weights. Those that add up to the divisor keep the picture as bright as it is.",
}
SEPARABLE = (
    "It is a column times a row: two passes cost {rows} + {columns} = **{fewer} multiplies a pixel** in place of "
    "{rows} × {columns} = {all}. Column: {column}; row: {row}."
)
NOT_SEPARABLE = "It is no column times a row, so each result takes all {rows} × {columns} = **{all} multiplies**."
LAB_WORDS = {
    "stays": "or drop one here. It stays on this device, and is in no link.",
    "source": "{name}, {height} × {width}",
    "result": "Result, {height} × {width}",
    "own": "Your picture",
    "whole": "Your picture is {width} pixels wide and {height} high. It is shown whole, in grey.",
    "scaled": (
        "Your picture is {width} pixels wide and {height} high. It is scaled to {shown_width} wide and {shown_height} "
        "high, in grey."
    ),
    "no_sample": "The sample could not be loaded. Choose it again once the connection is back.",
    "no_clipboard": "No picture could be read from the clipboard. Press Ctrl+V here, or open a file.",
    "too_heavy": "This file is larger than 20 MB. Choose a smaller one.",
    "not_a_picture": "This is no PNG, JPEG or WebP picture. Choose one of these.",
    "too_large": (
        "This picture is {width} pixels wide and {height} high: that is more than 40 million. Choose a smaller one."
    ),
    "broken": "This picture cannot be read: the file may be cut short or damaged.",
    "too_small": "This picture is too small for this kernel and padding. Choose a smaller kernel, or zeros.",
    "too_small_to_pool": "This result is too small for max pooling. Choose a smaller stride, or only ReLU.",
    "signed": "Orange is above 0, blue below, and 0 recedes. Each has its full colour {largest} away from 0.",
    "clipped": "Shown clipped: {below} results below 0 are black, {above} above 255 are white.",
    "magnitude": "Shown without the sign: 0 is black, and 255 or more is white.",
    "signed_relu": "Orange is above 0, 0 recedes, and ReLU leaves nothing below. Full colour is {largest} away from 0.",
    "clipped_relu": "Shown clipped: ReLU leaves nothing below 0, which is black; {above} results above 255 are white.",
    "magnitude_relu": "ReLU leaves nothing below 0, and so no sign: 0 is black, and 255 or more is white.",
    "weight": "Weight, row {row}, column {column}",
    "sum": "The result is the sum of the products.",
    "divided": "The sum of the products is divided by {divisor}.",
    "added": "To the sum of the products, {offset} is added.",
    "with_offset": "The sum of the products is divided by {divisor}, and {offset} is added.",
    "nothing": "",
    "relu": "Then ReLU: a result below 0 becomes 0.",
    "relu_pool": "Then ReLU: a result below 0 becomes 0. Then max pooling: of each 2 × 2 results the largest is kept.",
    "keys": "Result. Arrow keys point at a pixel, with Shift ten pixels on. Escape lets go.",
    "point": "Point at a pixel of the result to see its sum. A click keeps it, Escape lets go.",
    "place": "Result at row {row}, column {column}",
    "equation": "Sum of the products: {equation}.",
    "relu_keeps": "It is not below 0, so ReLU keeps it.",
    "relu_cuts": "It is below 0, so ReLU makes it 0.",
    "pooled": "Max pooling keeps the largest of {cells}: this one, at row {row}, column {column} before pooling.",
    "shown": "Shown as grey {grey}.",
    "histograms": "Histograms",
    "histogram_source": "Picture: greys from 0 to 255, four a bar. The highest bar has {most} pixels.",
    "histogram_result": "Result: as far below 0 as above it, to {end}, in 64 bars. The highest bar has {most} pixels.",
    "histogram_shown": "Result as it is shown: greys from 0 to 255, four a bar. The highest bar has {most} pixels.",
    "to_stage": "Open this window on the stage",
    "bank": "{count} filters on one picture: each answers to lines that run as its own stripes do",
    "bank_use": (
        "Upright lines stand out at 0°, level ones at 90°. The next layer reads all {count} maps; all together are the "
        "strongest answer at each pixel. Click a pixel of a map: it is taken apart below, under that filter."
    ),
    "bank_signed": "One scale for all maps: orange is above 0, blue below, in full colour from {end} away from 0 on.",
    "bank_clipped": "One scale for all maps: 0 and what is below it are black, and from {end} on they are white.",
    "bank_magnitude": "One scale for all maps, without the sign: 0 is black, and from {end} on they are white.",
    "bank_signed_relu": "One scale for all maps: ReLU leaves nothing below 0, and from {end} on they are fully orange.",
    "bank_clipped_relu": (
        "One scale for all maps: ReLU leaves nothing below 0, which is black, and from {end} on they are white."
    ),
    "bank_magnitude_relu": (
        "One scale for all maps: ReLU leaves nothing below 0, and so no sign. 0 is black, from {end} on they are white."
    ),
    "bank_too_small": "This picture is too small for these filters and this padding.",
    "angle": "{angle}°",
    "map": "Map of the filter at {angle}°: take it as the kernel",
    "answer": "It answers {answer} at row {row}, column {column}.",
    "together": "All together",
    "together_map": (
        "All together: at each pixel the strongest of {count} answers. Take the filter that answers most at the pixel "
        "that is pointed at"
    ),
}
"""What the lab says; it fills the places itself."""


def cost_words(kernel: ImageKernel) -> str:
    """Say what one result costs, and what it would cost in two passes where that can be.

    >>> cost_words(ImageKernel(((0, 1, 0), (1, -4, 1), (0, 1, 0))))
    'It is no column times a row, so each result takes all 3 × 3 = **9 multiplies**.'
    """
    rows, columns = kernel.size
    places = {"rows": rows, "columns": columns, "all": rows * columns}
    factors = spatial_factors(kernel.weights)
    if factors is None or min(rows, columns) == 1:
        return fill(NOT_SEPARABLE, places) if factors is None else ""
    column, row = (" ".join(str(weight).replace("-", "−") for weight in one) for one in factors)
    return fill(SEPARABLE, places | {"fewer": rows + columns, "column": column, "row": row})
