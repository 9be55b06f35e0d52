"""The views of networks and of stacks on the comparison page, as a visitor finds them."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from engine.networks import NETWORKS, NetworkName, network
from pages.comparison_parts.networks_view import depths, rows_of
from sharing.comparison import ComparisonState, ComparisonView, NetworkMeasure
from sharing.examples import STACKS
from sharing.link import encode
from sharing.network_text import network_text
from sharing.stack_text import FORMS, split
from tests.pages.comparison_page import cells, chart, open_comparison
from tests.pages.driver import errors, open_link, page_text, press, texts


@pytest.mark.parametrize("name", NetworkName)
def test_layers_have_the_same_number_in_the_chart_and_in_the_table(name: NetworkName) -> None:
    rows = rows_of(network(name))
    for layer in depths(name, NetworkMeasure.MACS):
        assert (rows[layer.number - 1]["layer"], rows[layer.number - 1]["name"]) == (layer.number, layer.name)


def test_a_stack_without_a_layer_that_can_be_has_no_chart() -> None:
    app = open_comparison(ComparisonView.STACK)
    app.text_area(key="stack_area").set_value("lstm").run()
    (error,) = errors(app)
    assert error.startswith("Line 1, “lstm”: layer is 'lstm', which this page cannot stack")
    assert [one for one in app.get("plotly_chart") if "stack_depth" in one.proto.id] == []


def test_two_networks_stand_beside_each_other() -> None:
    app = open_comparison(ComparisonView.NETWORKS)
    text = page_text(app)
    assert "**568,740,352** mult-adds" in text
    assert "8.56 times fewer mult-adds" in text
    layers, _ = chart(app, "network_depth")["data"]
    assert sum(layers["y"]) == 568_740_352
    full, sees = chart(app, "other_depth")["data"]
    assert sum(full["y"]) == 4_866_269_184 + 1_024_000
    assert max(value for value in sees["y"] if value is not None) == 315
    assert chart(app, "network_depth")["layout"]["yaxis"] == chart(app, "other_depth")["layout"]["yaxis"]


@pytest.mark.parametrize("name", NetworkName)
@pytest.mark.parametrize("measure", NetworkMeasure)
def test_every_network_is_drawn_and_listed(name: NetworkName, measure: NetworkMeasure) -> None:
    app = open_comparison(ComparisonView.NETWORKS)
    app.selectbox(key="network").set_value(name)
    app.selectbox(key="network_measure").set_value(measure).run()
    assert errors(app) == []
    assert NETWORKS[name] in page_text(app)
    layers, _ = chart(app, "network_depth")["data"]
    table = app.dataframe[0].value
    counted = table["mult-adds"] if measure is NetworkMeasure.MACS else table["parameters"] + table["batch norm"]
    assert sum(layers["y"]) == counted.sum()
    assert table["of all"].sum() == pytest.approx(1)


def test_a_network_is_opened_in_the_stack_with_another_resolution_and_width() -> None:
    app = open_comparison(ComparisonView.NETWORKS)
    app.number_input(key="side_MOBILENET_V1").set_value(160).run()
    app.number_input(key="width_MOBILENET_V1").set_value(0.5).run()
    press(app, "Open MobileNetV1 in the stack")
    assert app.session_state["view"] == ComparisonView.STACK
    assert errors(app) == []
    # The paper's table 8: 0.50 MobileNet-160 takes 76 million mult-adds (76.5, cut off) and has 1.32 million
    # weights; the rest are the norms.
    assert "from 3×160×160 to 1,000: **1,331,592** parameters, **76,524,800** mult-adds." in page_text(app)
    assert app.text_area(key="stack_area").value.startswith("conv 16 3 s2 p1 nobias\nbatchnorm\nrelu\ndepthwise 3 p1")
    assert app.query_params["view"] == "stack"


@pytest.mark.parametrize("name", [NetworkName.RESNET_18, NetworkName.U_NET, NetworkName.EFFICIENTNET_V2_S])
def test_a_network_as_a_stack_can_be_shared(name: NetworkName) -> None:
    of = network(name)
    channels, height, width = of.rows[0].applied.inputs
    state = ComparisonState(view=ComparisonView.STACK, stack=network_text(of))
    state = replace(state, input_channels=channels, input_height=height, input_width=width)
    query = encode(state)
    assert len(str(query)) < 4000
    assert f"**{of.totals.params:,}** parameters, **{of.totals.macs:,}** mult-adds." in page_text(
        open_link(query, "comparison")
    )


def test_what_was_printed_stands_beside_ours() -> None:
    rows = {(row["network"], row["printed"]): row for row in cells(open_comparison(ComparisonView.NETWORKS), 0)}
    assert rows["MobileNetV1", "569 million mult-adds"]["ours"] == "568,740,352"
    assert rows["MobileNetV1", "4.2 million parameters"]["ours"] == "4,209,088"
    assert rows["VGG16", "138 million parameters"]["ours"] == "138,357,544"


@pytest.mark.parametrize("slug", STACKS)
def test_every_example_of_a_stack_opens(slug: str) -> None:
    app = open_comparison(ComparisonView.STACK)
    app.selectbox(key="example").set_value(slug).run()
    assert len(errors(app)) == (slug == "too-small")
    assert split(app.text_area(key="stack_area").value) == split(STACKS[slug].fields["stack"])


def shapes(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["output"])


def test_the_small_network_is_listed_with_its_shapes() -> None:
    app = open_comparison(ComparisonView.STACK)
    assert shapes(app) == ["16×28×28", "16×28×28", "16×14×14", "32×14×14", "32×14×14", "32×7×7", "10"]
    assert list(app.dataframe[0].value["sees"]) == ["3×3", "3×3", "4×4", "8×8", "8×8", "10×10", "28×28 of 34×34"]
    assert list(app.dataframe[0].value["jump"]) == ["1", "1", "2", "2", "2", "4", "4"]


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        (
            "conv 4 7 p3\nconv 4 3",
            "The receptive field of the last layer is 9×9 cells. That of its first output: rows and columns −3 to 5, "
            "centre 1, jump 1, counted from 0.",
        ),
        (
            "conv 4 7 s2 p3\nconv 4 7 s2 p3\nconv 4 7 p3",  # 7 + 6·2 + 6·4
            "The receptive field of the last layer is 43×43 cells. That of its first output: rows and columns −21 to "
            "21, centre 0, jump 4, counted from 0. Of the 28×28 input one output sees at most 28×28: beyond the edges "
            "there is padding.",
        ),
    ],
)
def test_what_is_larger_than_the_input_is_said(layers: str, sentence: str) -> None:
    app = open_comparison(ComparisonView.STACK)
    app.text_area(key="stack_area").set_value(layers).run()
    assert sentence in texts(app)


def linked_stack(layers: str, height: int = 28, width: int = 28) -> AppTest:
    state = ComparisonState(view=ComparisonView.STACK, stack=layers, input_height=height, input_width=width)
    return open_link(encode(state), "comparison")


def test_a_link_tells_where_a_receptive_field_begins() -> None:
    (row,) = linked_stack("conv 1 3 d2 p1").dataframe[0].value.to_dict("records")
    assert [row[name] for name in ("sees", "first output sees", "centre", "jump")] == ["5×5", "−1 to 3", "1", "1"]


def test_a_link_to_layers_beside_a_convolution_is_stacked() -> None:
    app = linked_stack(
        "a = maxpool 3 s2; unpool a; adaptiveavgpool 8; upsample 2 bilinear; b = conv 8 3 p1; relu; add b; "
        "concat b; pixelshuffle 2; dropout; flatten; linear 10"
    )
    assert errors(app) == []
    assert shapes(app) == [
        "1×13×13", "1×28×28", "1×8×8", "1×16×16", "8×16×16", "8×16×16", "8×16×16", "16×16×16", "4×32×32", "4×32×32",
        "4,096", "10",
    ]  # fmt: skip
    whats = list(app.dataframe[0].value["what"])
    assert (whats[0], whats[1], whats[6]) == (
        "a = max pooling 3×3, stride 2",
        "max unpooling 3×3, stride 2 ← a",
        "add ← b",
    )


@pytest.mark.parametrize("layers", ["relu", "a = conv 4 3; add b", "", "conv 1 99"])
def test_the_totals_are_always_there(layers: str) -> None:
    said = page_text(linked_stack(layers))
    known = ("1 layer from 1×28×28 to ", "No layers yet", "No layer can be yet.")
    assert any(one in said for one in known)


def test_rows_and_columns_begin_apart_and_a_gap_sees_nothing() -> None:
    app = linked_stack("transposed 1 2x1 s2x1 d4x1 p1x0; conv 1 1x2")
    table = app.dataframe[0].value
    assert list(table["first output sees"]) == ["none, 0 to 0", "none, 0 to 1"]
    assert list(table["centre"]) == ["none, 0", "none, 0.5"]
    assert list(table["jump"]) == ["1/2, 1"] * 2
    where = "rows none, jump 1/2; columns 0 to 1, centre 0.5, jump 1, counted from 0."
    assert where in page_text(app)


def test_a_link_to_a_field_larger_than_its_input_tells_both() -> None:
    app = linked_stack("conv 8 7 s2 p3; maxpool 3 s2 p1; conv 8 3 s2 p1; conv 8 3 p1 x2; globalpool", 96, 80)
    assert errors(app) == []
    seen = list(app.dataframe[0].value["sees"])
    assert seen == ["7×7", "11×11", "19×19", "35×35", "51×51", "96×80 of 139×123"]
    assert (
        "The receptive field of the last layer is 139×123 cells. That of its first output: rows −25 to 113, centre 44, "
        "jump 96; columns −25 to 97, centre 36, jump 80, counted from 0. Of the 96×80 input one output sees at most "
        "96×80: beyond the edges there is padding."
    ) in texts(app)
    _, line = chart(app, "stack_depth")["data"]
    assert line["customdata"][-1] == "96×80 of 139×123"
    assert line["y"][-1] == 139


def test_a_typed_stack_is_run_and_kept() -> None:
    app = open_comparison(ComparisonView.STACK)
    app.text_area(key="stack_area").set_value("conv 4 5\n\nmaxpool 2 x2").run()
    assert shapes(app) == ["4×24×24", "4×12×12", "4×6×6"]
    assert app.session_state["stack"] == "conv 4 5; maxpool 2 x2"
    assert app.text_area(key="stack_area").value == "conv 4 5\n\nmaxpool 2 x2"


def test_an_impossible_layer_is_named_with_its_line_and_nothing_is_lost() -> None:
    app = open_comparison(ComparisonView.STACK)
    app.text_area(key="stack_area").set_value("maxpool 2\nconv 3 99\nrelu").run()
    (error,) = errors(app)
    assert error.startswith("Line 2, “conv 3 99”: kernel_size is 99 rows, but the padded input has only 14 rows")
    assert list(app.dataframe[0].value["what"]) == ["max pooling 2×2", "impossible", "waiting"]
    assert app.text_area(key="stack_area").value == "maxpool 2\nconv 3 99\nrelu"


def test_lines_are_moved_removed_and_added() -> None:
    app = open_comparison(ComparisonView.STACK)
    app.text_area(key="stack_area").set_value("relu\nmaxpool 2\nlinear 10").run()
    press(app, "Down")
    assert app.session_state["stack"] == "maxpool 2; relu; linear 10"
    press(press(app, "Down"), "Up")
    assert app.session_state["stack"] == "maxpool 2; relu; linear 10"
    app.selectbox(key="stack_added").set_value("conv").run()
    assert app.session_state["stack"] == f"maxpool 2; relu; {FORMS['conv'].example}; linear 10"
    assert app.selectbox(key="stack_added").value is None
    press(press(app, "Remove line"), "Remove line")
    assert app.session_state["stack"] == "maxpool 2; relu"
    assert app.text_area(key="stack_area").value == "maxpool 2\nrelu"
    assert errors(press(press(app, "Remove line"), "Remove line")) == []
    assert "No layers yet" in page_text(app)
    app.selectbox(key="stack_added").set_value("relu").run()
    assert app.session_state["stack"] == "relu"


def test_a_stack_is_taken_away_as_code_once_all_of_it_can_be() -> None:
    app = open_link({"v": "1", "view": "stack", "stack": "conv 8 3; a = maxpool 2; unpool a"}, "comparison")
    press(app, "As code")
    code, onnx_code = (one.value for one in app.code)
    assert "node('MaxUnpool', a, a + '_places'" in onnx_code
    assert "self.maxpool2 = nn.MaxPool2d(kernel_size=2, return_indices=True)" in code
    assert any(one.value.startswith("Keras has no layer that does what line 3 does") for one in app.info)
    app = open_link({"v": "1", "view": "stack", "stack": "conv 8 3; conv 8 99"}, "comparison")
    (button,) = (one for one in app.button if one.label == "As code")
    assert button.disabled


def test_an_axis_has_no_marks_between_whole_numbers() -> None:
    app = open_link({"v": "1", "view": "stack", "stack": "relu"}, "comparison")
    axes = chart(app, "stack_depth")["layout"]
    assert (axes["xaxis"]["dtick"], axes["yaxis"]["dtick"]) == (1, 1)
