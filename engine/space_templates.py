"""The sentences of the engine's errors for sequences and for volumes; those for images are in `engine.errors`.

Where a volume's rows or columns are at fault, the sentence is that of an image.
"""

from engine.messages import Templates

OF_SEQUENCES: Templates = {
    "not_whole_or_pair.sequence": (
        "{parameter} is {value:code}, but it must be a whole number of at least {least}: use {nearest}."
    ),
    "not_a_padding.sequence": (
        "{parameter} is {value:code}, but it must be a whole number of at least 0, a pair of them (before, after), "
        "or one of {names:names}: use {nearest}."
    ),
    "output_padding_too_large.values": (
        "{parameter} is {value}, but it must be less than the larger of the stride, {stride}, and the dilation, "
        "{dilation}: use {choices}."
    ),
    "output_size_out_of_reach.values": (
        "{parameter} is {value:value|values}, but this layer makes {least} to {most} of {length:value|values}, by its "
        "output_padding: use {nearest}."
    ),
    "output_size_out_of_reach.values.fixed": (
        "{parameter} is {value:value|values}, but this layer makes {nearest} of {length:value|values}, and no "
        "output_padding makes more: use {nearest}."
    ),
    "pooling_padding_too_large.values": (
        "{parameter} is {value}, but a pooling layer's must be at most half of its kernel, at most {most}: use "
        "{nearest}."
    ),
    "pooling_side_too_large.start": (
        "{parameter} is {value:value|values} at the start, but a window of {kernel:value|values} would then lie on "
        "padding alone: use at most {most}."
    ),
    "pooling_side_too_large.end": (
        "{parameter} is {value:value|values} at the end, but a window of {kernel:value|values} would then lie on "
        "padding alone: use at most {most}."
    ),
    "mode_cannot_fill.reflect.start": (
        "{parameter} is {value:value|values} at the start, but reflect padding mirrors the input without repeating "
        "its edge, and an input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.reflect.end": (
        "{parameter} is {value:value|values} at the end, but reflect padding mirrors the input without repeating its "
        "edge, and an input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.start": (
        "{parameter} is {value:value|values} at the start, but circular padding goes round the input once, and an "
        "input of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.end": (
        "{parameter} is {value:value|values} at the end, but circular padding goes round the input once, and an input "
        "of {length:value|values} has at most {most} to give: use {choices}."
    ),
    "kernel_too_large.values": (
        "{parameter} is {value:value|values}, but the padded input has only {padded:value|values}: use {choices}."
    ),
    "kernel_too_large.values.dilated": (
        "{parameter} is {value:value|values}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:value|values}: use {choices}."
    ),
    "window_too_large.values": (
        "{parameter} is {value:value|values}, but the padded input has only {padded:value|values}: use {choices}."
    ),
    "window_too_large.values.dilated": (
        "{parameter} is {value:value|values}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:value|values}: use {choices}."
    ),
    "window_too_large.values.ceil": (
        "{parameter} is {value:value|values}, but the padded input has only {padded:value|values}, and {ceil_mode} "
        "lets a window stand out by at most {overhang}: use {choices}."
    ),
    "window_too_large.values.dilated.ceil": (
        "{parameter} is {value:value|values}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:value|values}, and {ceil_mode} lets a window stand out by at most {overhang}: use {choices}."
    ),
    "no_output_left.values": (
        "{parameter} is {value:value|values} at the start and the end, but a transposed layer crops its padding off "
        "the output, which has only {uncropped:value|values}: use a padding of at most {nearest}."
    ),
    "no_output_left.values.sides": (
        "{parameter} is {value:value|values} at the start and {after} at the end, but a transposed layer crops its "
        "padding off the output, which has only {uncropped:value|values}: use paddings that add up to at most {most}."
    ),
    "channel_axis_missing.sequence": (
        "{parameter} is of shape {value}, but the layer reads (channels, length): the channel axis is missing, use "
        "x[None] of shape {nearest}."
    ),
    "batch_axis.sequence": (
        "{parameter} is of shape {value}, but the layer reads (channels, length): the batch axis is one too many, use "
        "x[0] of shape {nearest}."
    ),
    "not_three_axes.sequence": (
        "{parameter} is of shape {value}, but the layer reads (channels, length): use an array with these two axes."
    ),
    "kernel.values": "a kernel of at most {most:value|values}",
    "input.values": "an input of at least {least:value|values}",
}

OF_VOLUMES: Templates = {
    "not_whole_or_pair.volume": (
        "{parameter} is {value:code}, but it must be a whole number of at least {least}, "
        "or three of them (slices, rows, columns): use {nearest}."
    ),
    "not_a_padding.volume": (
        "{parameter} is {value:code}, but it must be a whole number of at least 0, three of them (slices, rows, "
        "columns), pairs ((front, back), (top, bottom), (left, right)), or one of {names:names}: use {nearest}."
    ),
    "output_padding_too_large.slices": (
        "{parameter} is {value}, but for its slices it must be less than the larger of the stride, {stride}, and the "
        "dilation, {dilation}: use {choices}."
    ),
    "output_size_out_of_reach.slices": (
        "{parameter} is {value:slice|slices}, but this layer makes {least} to {most} of {length:slice|slices}, by its "
        "output_padding: use {nearest}."
    ),
    "output_size_out_of_reach.slices.fixed": (
        "{parameter} is {value:slice|slices}, but this layer makes {nearest} of {length:slice|slices}, and no "
        "output_padding makes more: use {nearest}."
    ),
    "pooling_padding_too_large.slices": (
        "{parameter} is {value}, but a pooling layer's must be at most half of its kernel, for its slices at most "
        "{most}: use {nearest}."
    ),
    "pooling_side_too_large.front": (
        "{parameter} is {value:slice|slices} at the front, but a window of {kernel:slice|slices} would then lie on "
        "padding alone: use at most {most}."
    ),
    "pooling_side_too_large.back": (
        "{parameter} is {value:slice|slices} at the back, but a window of {kernel:slice|slices} would then lie on "
        "padding alone: use at most {most}."
    ),
    "mode_cannot_fill.reflect.front": (
        "{parameter} is {value:slice|slices} at the front, but reflect padding mirrors the input without repeating "
        "its edge, and an input of {length:slice|slices} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.reflect.back": (
        "{parameter} is {value:slice|slices} at the back, but reflect padding mirrors the input without repeating its "
        "edge, and an input of {length:slice|slices} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.front": (
        "{parameter} is {value:slice|slices} at the front, but circular padding goes round the input once, and an "
        "input of {length:slice|slices} has at most {most} to give: use {choices}."
    ),
    "mode_cannot_fill.circular.back": (
        "{parameter} is {value:slice|slices} at the back, but circular padding goes round the input once, and an "
        "input of {length:slice|slices} has at most {most} to give: use {choices}."
    ),
    "kernel_too_large.slices": (
        "{parameter} is {value:slice|slices}, but the padded input has only {padded:slice|slices}: use {choices}."
    ),
    "kernel_too_large.slices.dilated": (
        "{parameter} is {value:slice|slices}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:slice|slices}: use {choices}."
    ),
    "window_too_large.slices": (
        "{parameter} is {value:slice|slices}, but the padded input has only {padded:slice|slices}: use {choices}."
    ),
    "window_too_large.slices.dilated": (
        "{parameter} is {value:slice|slices}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:slice|slices}: use {choices}."
    ),
    "window_too_large.slices.ceil": (
        "{parameter} is {value:slice|slices}, but the padded input has only {padded:slice|slices}, and {ceil_mode} "
        "lets a window stand out by at most {overhang}: use {choices}."
    ),
    "window_too_large.slices.dilated.ceil": (
        "{parameter} is {value:slice|slices}, spread over {extent} by dilation {dilation}, but the padded input has "
        "only {padded:slice|slices}, and {ceil_mode} lets a window stand out by at most {overhang}: use {choices}."
    ),
    "no_output_left.slices": (
        "{parameter} is {value:slice|slices} at the front and the back, but a transposed layer crops its padding off "
        "the output, which has only {uncropped:slice|slices}: use a padding of at most {nearest}."
    ),
    "no_output_left.slices.sides": (
        "{parameter} is {value:slice|slices} at the front and {after} at the back, but a transposed layer crops its "
        "padding off the output, which has only {uncropped:slice|slices}: use paddings that add up to at most {most}."
    ),
    "channel_axis_missing.volume": (
        "{parameter} is of shape {value}, but the layer reads (channels, depth, height, width): the channel axis is "
        "missing, use x[None] of shape {nearest}."
    ),
    "batch_axis.volume": (
        "{parameter} is of shape {value}, but the layer reads (channels, depth, height, width): the batch axis is one "
        "too many, use x[0] of shape {nearest}."
    ),
    "not_three_axes.volume": (
        "{parameter} is of shape {value}, but the layer reads (channels, depth, height, width): use an array with "
        "these four axes."
    ),
    "kernel.slices": "a kernel of at most {most:slice|slices}",
    "input.slices": "an input of at least {least:slice|slices}",
}
