"""What is said of a layer that slides windows: the output-size formula with its numbers, and what is never read."""

from engine import Axis, PoolingTrace, Trace

SIZE_FORMULA = "⌊(input + padding before + after − dilation·(kernel − 1) − 1) / stride⌋ + 1"


def size_formula(axis: Axis) -> str:
    """The output size of one direction, every number substituted and the floor shown.

    >>> from engine import PaddingMode
    >>> size_formula(Axis(5, 1, 1, 2, 2, 1, PaddingMode.ZEROS))
    '⌊(5 + 1 + 1 − 1·(2 − 1) − 1) / 2⌋ + 1 = ⌊5 / 2⌋ + 1 = ⌊2.5⌋ + 1 = 3'
    """
    span = f"{axis.length} + {axis.before} + {axis.after} − {axis.dilation}·({axis.kernel} − 1) − 1"
    room = axis.padded - axis.extent
    quotient = f"⌊{room} / {axis.stride}⌋ + 1 = ⌊{room / axis.stride:g}⌋ + 1"
    return f"⌊({span}) / {axis.stride}⌋ + 1 = {quotient} = {axis.output}"


def listed(indices: tuple[int, ...], one: str, many: str) -> str:
    """Indices in words, after the word for one of them or for several.

    >>> listed((1, 2, 5), "row", "rows")
    'rows 1, 2 and 5'
    """
    numbers = [str(index) for index in indices]
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    return f"{many} {', '.join(numbers[:-1])} and {numbers[-1]}"


def unused_cells_sentence(trace: Trace | PoolingTrace) -> str:
    """Which rows and columns of the padded input no window reads, counted from 0 at the top left."""
    rows, columns = (axis.unused_cells for axis in trace.axes)
    found = [listed(rows, "row", "rows")] if rows else []
    found += [listed(columns, "column", "columns")] if columns else []
    if not found:
        return "Every row and column of the padded input is read."
    return never_read(" and ".join(found), len(rows) + len(columns))


def never_read(found: str, count: int) -> str:
    """Say that what was found, so many rows, columns or values, is never read."""
    are = "is" if count == 1 else "are"
    return f"Never read: {found} of the padded input {are} hatched on the stage (counted from 0)."


def summary(trace: Trace) -> str:
    """What the layer does in one sentence, for a layer that no preset describes."""
    return summary_of(sized(trace.input.shape), sized(trace.output.shape), trace)


def summary_of(read: str, made: str, trace: Trace) -> str:
    """The same sentence with the sizes of the input and the output in the caller's words."""
    return f"{read} in, {made} out: {terms_of(trace)} for every output, {trace.products.size:,} in all."


def terms_of(trace: Trace) -> str:
    """What is added up to one number of a layer's output."""
    terms = trace.products.shape[1] * trace.products.shape[2]
    products = f"{terms:,} products" if terms > 1 else "1 product"
    return products if trace.bias is None else f"{products} and a bias"


def sized(shape: tuple[int, ...]) -> str:
    """A shape (channels, rows, columns) in words."""
    channels, height, width = shape
    return f"{channels} {'channel' if channels == 1 else 'channels'} of {height}×{width}"


def size_text(trace: Trace | None, what: str = "Output size") -> list[str]:
    """The output-size formula as a paragraph; for a layer that works, with its numbers and with what is never read."""
    lines = [f"**{what}** = {SIZE_FORMULA}"]
    if trace is not None:
        rows, columns = (size_formula(axis) for axis in trace.axes)
        lines += [f"rows: {rows}", f"columns: {columns}", unused_cells_sentence(trace)]
    return ["  \n".join(lines)]
