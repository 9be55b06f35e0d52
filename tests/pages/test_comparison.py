"""The comparison page, as a visitor finds it."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine import Conv2d, ConvolutionKind, ConvTranspose2d, SeparableConv2d
from engine.devices import DeviceName, NumberFormat
from kinds.links import decode
from kinds.registry import PRESETS
from pages.comparison_parts.layer_view import STAGES
from pages.shared.labels import label_of
from sharing.comparison import ComparisonState, ComparisonView, JobPadding, Measure, Scale
from sharing.examples import JOBS
from sharing.fields import limits
from sharing.link import encode
from tests.pages.comparison_page import cells, chart, choose, open_comparison
from tests.pages.driver import errors, open_link, page_text

JOB_NUMBERS = {
    name: bounds
    for name, bounds in limits(ComparisonState).items()
    if not name.startswith("input_") and name not in {"batch", *ComparisonState().idle()}
}


def bars(app: AppTest) -> dict[str, float | None]:
    (trace,) = chart(app, "kinds")["data"]
    return dict(zip(trace["y"], trace["x"], strict=True))


def test_the_page_opens_on_the_wide_layer() -> None:
    app = open_comparison()
    assert errors(app) == []
    # 256 -> 256 channels, 3x3, on 14x14, in 8 groups: the counts of the published table, and an eighth of one.
    assert bars(app) == {
        "standard": 115_605_504,
        "grouped": 14_450_688,
        "depthwise": 451_584,
        "pointwise": 12_845_056,
        "separable": 13_296_640,
        "transposed": 14_450_688,
    }
    assert "8.69 times fewer" in page_text(app)
    assert "1 / (1/256 + 1/9) ≈ **8.69**" in page_text(app)
    assert app.selectbox(key="example").value == "wide"


def test_each_bar_says_how_it_compares_with_the_standard_layer() -> None:
    (trace,) = chart(open_comparison(), "kinds")["data"]
    assert trace["text"] == ["115.6 M", "14.5 M (÷8)", "13.3 M (÷8.69)", "14.5 M (÷8)", "451.6 k (÷256)", "12.8 M (÷9)"]


def test_a_dearer_kind_says_how_many_times_as_much_it_takes() -> None:
    app = open_comparison()
    app.selectbox(key="example").set_value("one-by-one").run()
    (trace,) = chart(app, "kinds")["data"]
    # 14 * 14 * 64 more mult-adds beside 14 * 14 * 64 * 64.
    assert trace["text"][trace["y"].index("separable")] == "815.4 k (×1.02)"


@pytest.mark.parametrize("slug", JOBS)
def test_an_example_sets_every_control_and_says_what_to_look_for(slug: str) -> None:
    app = open_comparison()
    app.selectbox(key="example").set_value("narrow" if slug == "wide" else "wide").run()
    app.selectbox(key="example").set_value(slug).run()
    assert errors(app) == []
    assert JOBS[slug].look_for in page_text(app)
    for name in JOB_NUMBERS:
        assert app.number_input(key=name).value == JOBS[slug].fields[name]


def test_a_changed_layer_is_no_example_any_more() -> None:
    app = open_comparison()
    app.number_input(key="height").set_value(15).run()
    assert app.selectbox(key="example").value is None
    app.number_input(key="height").set_value(14).run()
    assert app.selectbox(key="example").value == "wide"


@pytest.mark.parametrize("view", [ComparisonView.LAYER, ComparisonView.COUNTS, ComparisonView.MACHINE])
def test_a_number_out_of_bounds_gets_one_sentence_and_stays(view: ComparisonView) -> None:
    app = open_comparison(view)
    for number, (name, bounds) in enumerate(JOB_NUMBERS.items()):
        before = app.number_input(key=name).value
        value = (None, bounds.least - 1, bounds.most + 1)[number % 3]
        app.number_input(key=name).set_value(value).run()
        (error,) = errors(app)
        assert error.startswith(f"{label_of(name)} is ")
        assert app.number_input(key=name).value == value
        app.number_input(key=name).set_value(before)
    assert errors(app.run()) == []


def test_a_kernel_that_does_not_fit_gets_one_sentence() -> None:
    app = open_comparison()
    app.number_input(key="kernel_size").set_value(17).run()
    (error,) = errors(app)
    assert error.startswith("Kernel size is 17 rows, but the padded input has only 16 rows")


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("scale", Scale)
def test_every_measure_is_drawn_on_either_scale(measure: Measure, scale: Scale) -> None:
    app = open_comparison()
    app.selectbox(key="measure").set_value(measure).run()
    choose(app, "scale", scale)
    assert errors(app) == []
    spec = chart(app, "kinds")
    assert spec["layout"]["xaxis"]["type"] == scale.value
    found = bars(app)
    assert (
        found["standard"]
        == {
            Measure.MACS: 115_605_504,
            Measure.VALID_MACS: 104_857_600,
            Measure.FLOPS: 231_211_008,
            Measure.FLOPS_WITH_BIAS: 231_261_184,
            Measure.PARAMS: 590_080,
            Measure.WEIGHT_BYTES: 4 * 590_080,
            Measure.ACTIVATION_BYTES: 4 * 2 * 50_176,
            Measure.INTENSITY: pytest.approx(231_211_008 / (4 * (590_080 + 2 * 50_176))),
        }[measure]
    )


def test_a_kind_that_cannot_do_the_job_is_there_without_a_bar() -> None:
    app = open_comparison()
    app.selectbox(key="example").set_value("one-deep-filter").run()
    assert bars(app)["depthwise"] is None
    (note,) = chart(app, "kinds")["layout"]["annotations"]
    assert (note["y"], note["text"]) == ("depthwise", "cannot do this job")
    choose(app, "kind", ConvolutionKind.DEPTHWISE)
    assert [info.value for info in app.info] == [
        "Out channels is 256, but a depthwise layer makes 1 of each of its 3 input channels, which is 3: "
        "use Out channels 3."
    ]
    assert "pointwise makes 12×12 and transposed makes 16×16 of it, where standard makes 8×8" in page_text(app)


@pytest.mark.parametrize("kind", ConvolutionKind)
def test_the_formulas_of_every_kind_have_its_numbers(kind: ConvolutionKind) -> None:
    app = choose(open_comparison(), "kind", kind)
    assert errors(app) == []
    assert f"= **{bars(app)[kind]:,}**" in page_text(app)
    (trace,) = chart(app, "kinds")["data"]
    assert len({*trace["marker"]["color"]}) == 3  # chosen, an alternative, no alternative
    assert trace["marker"]["color"].count(trace["marker"]["color"][trace["y"].index(kind)]) == 1


def test_the_table_has_a_row_for_each_kind_and_its_ratio_against_standard() -> None:
    table = open_comparison().dataframe[0].value.set_index("kind")
    assert list(table.index) == list(bars(open_comparison()))
    assert table.loc["separable", "mult-adds ÷ standard"] == pytest.approx(1 / 256 + 1 / 9)
    assert table.loc["separable", "parameters"] == 68_352
    assert table.loc["depthwise", "intensity"] == pytest.approx(903_168 / (4 * (2 * 50_176 + 2_560)))


def test_what_is_no_alternative_comes_last_in_grey_and_says_what_it_leaves_out() -> None:
    app = open_comparison()
    (trace,) = chart(app, "kinds")["data"]
    assert trace["y"] == ["standard", "grouped", "separable", "transposed", "depthwise", "pointwise"]
    assert trace["marker"]["color"][-2:] == ["#8a8f98"] * 2
    caption, with_groups = (one.value for one in app.caption)
    assert with_groups == "The grouped layer has 8 groups, and so has the transposed one."
    assert "A depthwise layer mixes no channels" in caption
    assert "A pointwise layer reads one pixel at a time" in caption
    # With a kernel of 1x1 a pointwise layer is the standard one; with stride 2 a transposed layer makes another size.
    app.selectbox(key="example").set_value("one-by-one").run()
    assert [one.value for one in app.caption if "pointwise" in one.value] == []
    app.selectbox(key="example").set_value("upsampling").run()
    assert "A transposed layer makes an output of another size." in app.caption[0].value


def test_the_page_opens_on_a_linear_scale_and_an_old_link_on_the_one_it_meant() -> None:
    app = open_comparison()
    assert chart(app, "kinds")["layout"]["xaxis"]["type"] == "linear"
    app.number_input(key="height").set_value(15).run()
    assert app.query_params["scale"] == "linear"
    assert decode("comparison", {"v": "1"})[0].scale is Scale.LOG


@pytest.mark.parametrize("kind", ConvolutionKind)
def test_every_kind_leads_to_a_stage_where_it_is_played(kind: ConvolutionKind) -> None:
    page, preset = STAGES[kind]
    layer = PRESETS[page][preset].state.layer()
    plays = {
        ConvolutionKind.STANDARD: isinstance(layer, Conv2d) and layer.groups == 1,
        ConvolutionKind.GROUPED: isinstance(layer, Conv2d) and 1 < layer.groups < layer.in_channels,
        ConvolutionKind.DEPTHWISE: isinstance(layer, Conv2d) and layer.groups == layer.in_channels > 1,
        ConvolutionKind.POINTWISE: isinstance(layer, SeparableConv2d),
        ConvolutionKind.SEPARABLE: isinstance(layer, SeparableConv2d),
        ConvolutionKind.TRANSPOSED: isinstance(layer, ConvTranspose2d),
    }
    assert plays[kind]
    (link,) = choose(open_comparison(), "kind", kind).get("page_link")
    assert link.proto.label == f"See a {kind} layer at work"
    assert f"preset={preset}" in link.proto.query_string


def test_areas_are_drawn_for_this_layer() -> None:
    app = open_comparison()
    standard, depthwise, pointwise = chart(app, "areas")["layout"]["shapes"]
    assert (standard["x1"] - standard["x0"]) * (standard["y1"] - standard["y0"]) == pytest.approx(2304)
    assert depthwise["y1"] - depthwise["y0"] == 9
    assert (pointwise["x1"] - pointwise["x0"]) * (pointwise["y1"] - pointwise["y0"]) == pytest.approx(256)
    words = [note["text"] for note in chart(app, "areas")["layout"]["annotations"]]
    assert words[0].endswith("9 · 256 = <b>2,304</b>")
    assert words[1].endswith("9 + 256 = <b>265</b>")


def test_the_saving_is_drawn_with_its_limits_and_this_layers_point() -> None:
    app = open_comparison()
    traces = {trace["name"]: trace for trace in chart(app, "saving")["data"]}
    limits = traces["limits"]["y"]
    for kernel, limit in ((1, 1), (3, 9), (5, 25), (7, 49)):
        assert limits.count(limit) == 2
        curve = traces[f"k = {kernel}"]
        for channels, times in zip(curve["x"], curve["y"], strict=True):
            assert times == pytest.approx(1 / (1 / channels + 1 / kernel**2))
            assert times < limit
    assert traces["ends"]["text"] == [" k=1: 1", " k=3: 9", " k=5: 25", " k=7: 49"]
    assert traces["this layer"]["x"] == [256]
    assert traces["this layer"]["y"] == [pytest.approx(8.694, abs=0.001)]


def test_another_kernel_has_a_curve_of_its_own() -> None:
    app = open_comparison()
    app.number_input(key="kernel_size").set_value(4).run()
    assert [t["name"] for t in chart(app, "saving")["data"] if t["name"].startswith("k =")][-1] == "k = 4"
    app.number_input(key="depth_multiplier").set_value(2).run()
    assert "1 / (2/256 + 2/16) ≈ **7.53**" in page_text(app)


@pytest.mark.parametrize(
    ("multiplier", "sentence"),
    [
        (
            1,
            "takes k² mult-adds and the pointwise layer C_out, together k² + C_out; the standard one takes k² · C_out.",
        ),
        (2, "takes m · k² mult-adds and the pointwise layer m · C_out, together m · (k² + C_out); the standard one "),
    ],
)
def test_the_saving_is_explained_in_one_measure(multiplier: int, sentence: str) -> None:
    app = open_comparison()
    app.number_input(key="depth_multiplier").set_value(multiplier).run()
    assert f"For each output pixel of each input channel, the depthwise layer {sentence}" in page_text(app)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({}, "With k = 3 it is dearer up to 1 output channel;"),
        ({"depth_multiplier": 2}, "With k = 3 and depth multiplier 2 it is dearer up to 2 output channels;"),
        (
            {"kernel_size": 1, "padding": 0},
            "With k = 1 the separable layer is dearer, however many channels there are.",
        ),
        ({"kernel_size": 2, "depth_multiplier": 3}, "it is dearer up to 11 output channels;"),
        ({"out_channels": 1, "groups": 1}, "= **0.9**: the separable layer is **dearer**."),
    ],
)
def test_where_separable_is_dearer_is_said(numbers: dict[str, int], sentence: str) -> None:
    app = open_comparison()
    for name, value in numbers.items():
        app.number_input(key=name).set_value(value)
    assert sentence in page_text(app.run())


def test_the_counts_are_kept_apart_and_beside_what_tools_print() -> None:
    app = open_comparison(ComparisonView.COUNTS)
    app.selectbox(key="example").set_value("upsampling").run()
    choose(app, "kind", ConvolutionKind.TRANSPOSED)
    assert [row["number"] for row in cells(app, 0)] == ["147,456", "142,884", "294,912", "307,200"]
    assert [(row["tool"].replace("\u200b", ""), row["prints"]) for row in cells(app, 1)] == [
        ("torchinfo 1.8.0", "602,112 mult-adds"),
        ("fvcore 0.1.5", "147,456 flops"),
        ("thop 0.1.1", "589,824 MACs"),
        ("ultralytics-thop 2.2.3", "147,456 MACs"),
        ("ptflops 0.7.5", "159,744 MACs"),
        ("torch.utils.flop_counter 2.13", "294,912 FLOPs"),
    ]
    assert "Most only count different things; wrong here: torchinfo 1.8.0, thop 0.1.1." in page_text(app)
    assert "64 · 64 output positions says 4 times that" in page_text(app)
    choose(app, "kind", ConvolutionKind.STANDARD)
    assert "None of them is wrong" in page_text(app)


Counted = dict[str, str]


def counted(**fields: Any) -> tuple[Counted, Counted, str]:
    """Return the counts that a link shows, what each tool prints there, and all that the page says."""
    app = open_link(encode(ComparisonState(view=ComparisonView.COUNTS, **fields)), "comparison")
    assert errors(app) == []
    counts = {row["count"]: row["number"] for row in cells(app, 0)}
    tools = {row["tool"].replace("\u200b", "").partition(" ")[0]: row["prints"] for row in cells(app, 1)}
    return counts, tools, page_text(app)


def test_a_link_to_a_depthwise_transposed_layer_counts_its_groups() -> None:
    """ConvTranspose2d(512, 512, 3, 2, 1, 1, groups=512) on 80x80."""
    channels = {"in_channels": 512, "out_channels": 512, "groups": 512, "bias": False}
    window = {"kernel_size": 3, "stride": 2, "padding": 1, "output_padding": 1, "height": 80, "width": 80}
    counts, tools, text = counted(kind=ConvolutionKind.TRANSPOSED, **channels, **window)
    assert (counts["mult-adds"], counts["flops"]) == ("29,491,200", "58,982,400")
    assert "160 · 160 output positions says 4 times that" in text
    assert (tools["ultralytics-thop"], tools["thop"]) == ("29,491,200 MACs", "117,964,800 MACs")


def test_a_link_to_a_transposed_layer_shows_what_each_thop_prints() -> None:
    """ConvTranspose2d(3, 1, 2, stride=2) on 2x2: the newer one is right."""
    window = {"kernel_size": 2, "stride": 2, "padding": 0, "height": 2, "width": 2, "groups": 1}
    _, tools, text = counted(kind=ConvolutionKind.TRANSPOSED, in_channels=3, out_channels=1, **window)
    assert (tools["ultralytics-thop"], tools["thop"]) == ("48 MACs", "192 MACs")
    assert "wrong here: torchinfo 1.8.0, thop 0.1.1." in text


def test_a_link_to_a_large_input_is_counted() -> None:
    """Conv2d(3, 32, 7, stride=2, padding=3) on 1440x1440, and the largest sides there are."""
    window = {"kernel_size": 7, "stride": 2, "padding": 3, "groups": 1}
    counts, _, _ = counted(in_channels=3, out_channels=32, height=1440, width=1440, **window)
    assert counts["mult-adds"] == "2,438,553,600"
    counts, _, _ = counted(in_channels=1, out_channels=1, height=4096, width=4096, groups=1)
    assert counts["mult-adds"] == f"{9 * 4096**2:,}"


def test_a_link_to_a_named_padding_says_that_fvcore_skips_it() -> None:
    _, tools, text = counted(in_channels=3, out_channels=8, groups=1, padding_given=JobPadding.SAME)
    assert tools["fvcore"] == "0 flops"
    assert "wrong here: fvcore 0.1.5." in text


def test_a_link_to_a_grouped_layer_has_its_parameters() -> None:
    """Conv2d(3, 12, 3, groups=3): a weight of (12, 1, 3, 3) and a bias of 12."""
    state = ComparisonState(in_channels=3, out_channels=12, groups=3)
    table = open_link(encode(state), "comparison").dataframe[0].value.set_index("kind")
    assert table.loc["grouped", "parameters"] == 120


def test_a_link_to_a_rectangular_kernel_with_sides_is_counted() -> None:
    """Conv2d(1, 1, (3, 1), stride=(2, 1)) on 8x9 with one row of padding at the top and two columns at the right."""
    job = {"in_channels": 1, "out_channels": 1, "groups": 1, "height": 8, "width": 9, "bias": False, "apart": True}
    window = {"kernel_width": 1, "stride_height": 2, "padding_bottom": 0, "padding_left": 0, "padding_right": 2}
    counts, _, _ = counted(**job, **window)
    assert counts["mult-adds"] == str(4 * 11 * 3)
    assert counts["real-data mult-adds"] == str((4 * 3 - 1) * 9)
    app = open_link(encode(ComparisonState(**job, **window)), "comparison")
    assert errors(app) == []
    assert "k = 3×1" in [trace["name"] for trace in chart(app, "saving")["data"]]
    assert "1 / (1/C_out + 1/taps) = 1 / (1/1 + 1/3)" in page_text(app)


def test_a_link_says_what_training_takes() -> None:
    """Conv2d(3, 8, 3, padding=1) on 8x8: 27,648 FLOPs, and with the backward pass 82,944."""
    job = {"in_channels": 3, "out_channels": 8, "height": 8, "width": 8, "groups": 1}
    app = open_link(encode(ComparisonState(view=ComparisonView.COUNTS, **job)), "comparison")
    run, step = ({row["count"]: row["number"] for row in cells(app, at)} for at in (2, 3))
    assert (run["flops"], step["backward flops"], step["flops"]) == ("27,648", "55,296", "82,944")
    assert (run["weights"], run["held at once"]) == (f"{4 * 224} B", f"{4 * (192 + 512):,} B")
    more = {"numbers": NumberFormat.FP16, "batch": 2, "device": DeviceName.OWN, "own_gigaflops": 1, "own_gigabytes": 1}
    app = open_link(encode(ComparisonState(view=ComparisonView.COUNTS, **job, **more)), "comparison")
    run, step = ({row["count"]: row["number"] for row in cells(app, at)} for at in (2, 3))
    assert (run["weights"], run["time"]) == ("448 B", "at least 55.3 µs")
    assert step["held in all"] == f"{448 + 448 + 8 * 224 + 2 * 2 * 192:,} B"


def test_blocks_for_the_same_job_stand_beside_the_one_layer() -> None:
    state = ComparisonState(kernel_size=5, padding=2, in_channels=64, out_channels=64)
    app = open_link(encode(state), "comparison")
    assert errors(app) == []
    found = {row["block"]: row for row in cells(app, 0)}
    assert found["one layer"]["mult-adds"] == "20,070,400"
    assert found["3×3 kernels"]["mult-adds"] == "14,450,688 (1.39 times fewer)"
    assert "transposed" not in found
    enlarged = {row["block"]: row for row in cells(open_link(encode(replace(state, stride=2)), "comparison"), 0)}
    assert enlarged["transposed"]["output"] == enlarged["upsample, then 3×3"]["output"] == "64×28×28"
    assert enlarged["upsample, then 3×3"]["mult-adds"].endswith("(1.44 times as many)")  # 4 * 9 / 25
    assert found["SeparableConv2D of Keras"]["parameters"] == f"{64 * 25 + 64 * 64 + 64:,}"
    assert len(open_link(encode(replace(state, kernel_size=4)), "comparison").table) == 0


def test_nothing_is_trained_in_int8_and_a_processor_may_have_no_peak() -> None:
    state = ComparisonState(view=ComparisonView.COUNTS, numbers=NumberFormat.INT8)
    assert "nothing is trained in it" in page_text(open_link(encode(state), "comparison"))
    app = open_link(encode(replace(state, numbers=NumberFormat.BF16, device=DeviceName.T4)), "comparison")
    assert {row["count"]: row["number"] for row in cells(app, 2)}["time"] == "NVIDIA T4 has no peak for bf16 in print."
    assert errors(app) == []


def test_rows_and_columns_begin_apart_as_what_they_were_together() -> None:
    app = open_comparison(ComparisonView.COUNTS)
    app.number_input(key="kernel_size").set_value(5).run()
    app.toggle(key="apart").set_value(True).run()
    assert [app.number_input(key=f"kernel_{of}").value for of in ("height", "width")] == [5, 5]
    assert [one.key for one in app.number_input if one.key == "kernel_size"] == []
    app.number_input(key="kernel_height").set_value(7).run()
    app.toggle(key="apart").set_value(False).run()
    assert app.number_input(key="kernel_size").value == 7
    assert errors(app) == []


def test_what_was_chosen_stays_from_view_to_view_and_from_page_to_page() -> None:
    app = open_comparison()
    app.number_input(key="out_channels").set_value(100).run()
    choose(app, "view_control", ComparisonView.STACK)
    app.text_area(key="stack_area").set_value("relu").run()
    app.switch_page("pages/standard.py").run()
    app.switch_page("pages/comparison.py").run()
    assert app.session_state["view"] == ComparisonView.STACK
    assert app.text_area(key="stack_area").value == "relu"
    choose(app, "view_control", ComparisonView.LAYER)
    assert app.number_input(key="out_channels").value == 100
