"""Layers in Python code: PyTorch or Keras, one by one, in a Sequential, or as they follow in a forward or a Model."""

import ast
import re

from sharing.pasted.calls import Call, call_of, last_name, parse_python, plain_value
from sharing.pasted.flow import Flow, Step, in_order
from sharing.pasted.messages import PastedCode, refusal
from sharing.pasted.signatures import is_layer

_FUNCTIONS = {
    "relu": "ReLU",
    "relu_": "ReLU",
    "relu6": "ReLU6",
    "leaky_relu": "LeakyReLU",
    "elu": "ELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "hardswish": "Hardswish",
    "hardsigmoid": "Hardsigmoid",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "softmax": "Softmax",
    "log_softmax": "LogSoftmax",
    "max_pool2d": "MaxPool2d",
    "avg_pool2d": "AvgPool2d",
    "adaptive_avg_pool2d": "AdaptiveAvgPool2d",
    "adaptive_max_pool2d": "AdaptiveMaxPool2d",
    "dropout": "Dropout",
    "interpolate": "Upsample",
    "pixel_shuffle": "PixelShuffle",
}
"""Functions of torch and torch.nn.functional, and methods of a tensor, that are layers."""
_RESHAPES = ("view", "reshape", "flatten", "squeeze")
_FUNCTION_WORDS = {"training": None, "inplace": None}
_CONTAINERS = ("Sequential", "OrderedDict", "ModuleList", "Model")
_MODELS = ("Model",)
_STAYS = ("eval", "train", "to", "cuda", "cpu", "float", "half", "double")
"""Methods that leave a network what it is."""
_TENSORS = ("rand", "randn", "zeros", "ones", "device")
_KERAS_WORDS = re.compile(
    r"\b(?:keras|tf|layers|Dense|Input|use_bias|strides|filters|pool_size)\b|\b\w+2D\b|\bConv[13]D\b"
)
_TORCH_WORDS = re.compile(r"\b(?:torch|nn)\.|\b(?:in_channels|kernel_size, stride)\b|\b\w+[123]d\(")

_OPERATORS = {ast.Add: "Add", ast.Mult: "Multiply"}
_MERGES = {
    "add": "Add",
    "mul": "Multiply",
    "multiply": "Multiply",
    "cat": "Concat",
    "concat": "Concat",
    "concatenate": "Concat",
    "Add": "Add",
    "Multiply": "Multiply",
    "Concatenate": "Concat",
}
"""Functions of both frameworks, and Keras's layers, that make one output of several."""
_CHANNEL_AXES = {False: (1, -3), True: (3, -1)}
"""By whether the code is Keras's, the axes along which channels lie."""
_IDENTITY = "Identity"

MOST_CALLS = 1000

Chain = list[Call]


def read_code(text: str, first_line: int = 1) -> Chain:
    """Return the layers of code in the order in which they run; LayerError, with the line, where they cannot be read.

    One that is read further on has a name, and one that reads another than the one before it says which.

    >>> [call.name for call in read_code("nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU())")]
    ['Conv2d', 'ReLU']
    """
    is_keras = bool(_KERAS_WORDS.search(text)) and not _TORCH_WORDS.search(text)
    module = parse_python(text, first_line)
    calls = _Reader(is_keras, first_line).read(module)
    shape = None if is_keras or not calls else _shape_of_tensors(module)
    return calls if shape is None else [Call("Input", first_line, (shape,), is_keras=True), *calls]


class _Reader:
    """The names that code gives to layers and to what they make, as it is read from top to bottom."""

    def __init__(self, is_keras: bool, first_line: int) -> None:
        self.is_keras = is_keras
        self.first_line = first_line
        self.layers: dict[str, Chain] = {}
        self.made: dict[str, Flow] = {}
        self.loose: list[tuple[str, Chain]] = []  # with the name of each, until another takes it up
        self.last: Chain | None = None
        self.count = 0
        self.networks: set[str] = set()  # that are read as classes, and what they are called once they are made

    def read(self, module: ast.Module) -> Chain:
        for statement in module.body:
            self._statement(statement)
        if self.last is not None:
            return self.last
        longest = max(map(in_order, self.made.values()), key=len, default=[])
        return longest if len(longest) > 1 else [call for _, chain in self.loose for call in chain]

    def _refuse(self, node: ast.AST, code: PastedCode = PastedCode.NO_CHAIN) -> Exception:
        return refusal(code, self._line(node), ast.unparse(node).splitlines()[0])

    def _line(self, node: ast.AST) -> int:
        return self.first_line + int(getattr(node, "lineno", 1)) - 1

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Import() | ast.ImportFrom() | ast.Pass():
                return
            case ast.Expr(value=ast.Constant(value=str())):
                return
            case ast.ClassDef(name=name, body=body):
                self.networks.add(name)
                self._module(body)
            case ast.FunctionDef(name="forward" | "call"):
                self._forward(statement)
            case ast.FunctionDef(body=body):
                for inner in body:
                    self._statement(inner)
            case ast.Return(value=ast.expr() as value) | ast.Expr(value=value):
                self._expression(value)
            case ast.Assign(targets=[target], value=value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name)) if name in self.made:
                self.made[name] = self._flow(_written_out(statement))
            case _:
                raise self._refuse(statement)

    def _module(self, body: list[ast.stmt]) -> None:
        """Read a class: its __init__ first, then its forward, wherever they stand."""
        functions = [one for one in body if isinstance(one, ast.FunctionDef)]
        for function in functions:
            if function.name == "__init__":
                for inner in function.body:
                    self._statement(inner)
        for function in functions:
            if function.name in ("forward", "call"):
                self._forward(function)

    def _forward(self, function: ast.FunctionDef) -> None:
        arguments = [one.arg for one in function.args.args if one.arg != "self"]
        if not arguments:
            raise self._refuse(function)
        self.made = {arguments[0]: None}
        for statement in function.body:
            match statement:
                case ast.Return(value=ast.expr() as value):
                    self.last = in_order(self._flow(value))
                    return
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    if self._is_flow(value):
                        self.made[name] = self._flow(value)
                case ast.AugAssign(target=ast.Name(id=name)) if name in self.made:
                    self.made[name] = self._flow(_written_out(statement))
                case ast.Expr(value=ast.Constant(value=str()) | ast.Call(func=ast.Name(id="print"))):
                    continue
                case _:
                    raise self._refuse(statement)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        name = last_name(target)
        if not name:
            raise self._refuse(target)
        if self._is_a_run(value):
            self.networks.add(name)
            return
        if _is_tensor(value):
            self.made[name] = None
            return
        self._meet_input(value)
        if self._is_flow(value):
            self.made[name] = self._flow(value)
        elif isinstance(value, ast.Call) and self._is_made_of_layers(value):
            chain = self._container(value)
            self.layers[name] = chain
            if self.is_keras and [call.name for call in chain] == ["Input"]:
                self.made[name] = Step(chain[0], (None,))
            else:
                self.loose.append((name, chain))
        elif isinstance(value, ast.Call) or not isinstance(target, ast.Name):
            raise self._refuse(value, PastedCode.NO_LAYER_HERE)

    def _is_a_run(self, value: ast.expr) -> bool:
        """Whether a value makes or runs a network that was read as a class."""
        value = _what_stays(value)
        return isinstance(value, ast.Call) and last_name(value.func) in self.networks

    def _meet_input(self, value: ast.expr) -> None:
        """Take the first name that a layer is given, and nothing has made, for what the layers begin with."""
        match value:
            case ast.Call(func=ast.Name(id=layer), args=[ast.Name(id=name)]) if layer in self.layers and not self.made:
                self.made[name] = None

    def _expression(self, value: ast.expr) -> None:
        match value:
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._expression(part)
            case ast.Call(func=ast.Attribute(attr="add"), args=[layer]):
                self.loose.append(("", self._container(layer)))
            case ast.Call(func=ast.Attribute(attr="__init__" | "summary" | "build" | "compile" | "eval")):
                return
            case ast.Call(func=ast.Name(id="print" | "super" | "summary")):
                return
            case ast.Name(id=name) if name in self.layers or name in self.made:
                return
            case _ if self._is_a_run(value) or _is_tensor(value):
                return
            case _ if self._is_flow(value):
                self.last = in_order(self._flow(value))
            case _:
                self.loose.append(("", self._container(value)))

    def _bounded(self, value: ast.expr, chain: Chain) -> Chain:
        """A chain that is no longer than is read: one that repeats itself within itself grows without end."""
        if len(chain) > MOST_CALLS:
            raise self._refuse(value)
        return chain

    def _is_made_of_layers(self, value: ast.Call) -> bool:
        name = last_name(value.func)
        return name in _CONTAINERS or is_layer(name, self.is_keras) or is_layer(name, not self.is_keras)

    def _container(self, value: ast.expr) -> Chain:
        """The layers that an expression lists: one, or those of a Sequential, a list or an OrderedDict."""
        match value:
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                if len(parts) == 2 and isinstance(parts[0], ast.Constant) and isinstance(parts[0].value, str):
                    return self._container(parts[1])
                return [call for part in parts for call in self._container(part)]
            case ast.Starred(value=inner):
                return self._container(inner)
            case ast.Call(func=function, args=parts) if last_name(function) in _CONTAINERS:
                return self._bounded(value, [call for part in parts for call in self._container(part)])
            case ast.Call(func=function):
                return [self._layer(value, last_name(function))]
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in self.layers:
                self.loose = [one for one in self.loose if one[0] != name]
                return self.layers[name]
        raise self._refuse(value, PastedCode.NO_LAYER_HERE)

    def _layer(self, value: ast.Call, name: str) -> Call:
        if is_layer(name, self.is_keras):
            is_keras = self.is_keras
        elif is_layer(name, not self.is_keras):
            is_keras = not self.is_keras
        else:
            raise refusal(PastedCode.NO_LAYER_HERE, self._line(value), name or ast.unparse(value))
        return call_of(value, self.first_line, is_keras)

    def _is_flow(self, value: ast.expr) -> bool:
        """Whether an expression works on what layers have made, which it names, or on what it makes itself."""
        nodes = [node for node in ast.walk(value) if isinstance(node, ast.expr)]
        return any(_is_tensor(node) or (isinstance(node, ast.Name) and node.id in self.made) for node in nodes)

    def _flow(self, value: ast.expr) -> Flow:
        """What has led to an expression's value."""
        match value:
            case ast.Name(id=name) if name in self.made:
                return self.made[name]
            case ast.Call() if _is_tensor(value):
                return None
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                return self._merged(value, _OPERATORS[type(operator)], [left, right])
            case ast.Call(func=ast.Call(func=made_by) as layer, args=[ast.List(elts=parts) | ast.Tuple(elts=parts)]):
                return self._merged(layer, _MERGES.get(last_name(made_by), ""), parts)
            case ast.Call(func=function, args=[ast.List(elts=parts) | ast.Tuple(elts=parts), *_]) if (
                last_name(function) in _MERGES
            ):
                return self._merged(value, _MERGES[last_name(function)], parts)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="torch"), attr=name), args=[left, right]) if (
                name in _MERGES
            ):
                return self._merged(value, _MERGES[name], [left, right])
            case ast.Call(func=ast.Name(id=function) | ast.Attribute(attr=function), args=_) if function in _MODELS:
                named = [keyword.value for keyword in value.keywords if keyword.arg == "outputs"]
                return self._flow(named[0] if named else value.args[-1])
            case ast.Call(func=ast.Call() as layer, args=[inner]):
                return self._through(value, self._flow(inner), self._container(layer))
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name), args=[inner]
            ) if name in self.layers:
                return self._through(value, self._flow(inner), self.layers[name])
            case ast.Call(func=ast.Attribute(value=start, attr=name)) if self._is_flow(start):
                return self._through(value, self._flow(start), self._function(value, name, value.args))
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[inner, *others]) if self._is_flow(
                inner
            ):
                return self._through(value, self._flow(inner), self._function(value, name, others))
        raise self._refuse(value)

    def _through(self, value: ast.expr, flow: Flow, chain: Chain) -> Flow:
        """What layers make of what has come so far."""
        self._count(value, len(chain))
        for call in chain:
            flow = flow if call.name == _IDENTITY else Step(call, (flow,))
        return flow

    def _merged(self, value: ast.BinOp | ast.Call, name: str, parts: list[ast.expr]) -> Flow:
        """What one of the layers that merge makes of several outputs."""
        if not name or len(parts) < 2 or not (name != "Concat" or self._is_of_channels(value)):
            raise self._refuse(value)
        self._count(value, 1)
        return Step(Call(name, self._line(value)), tuple(map(self._flow, parts)))

    def _is_of_channels(self, value: ast.BinOp | ast.Call) -> bool:
        """Whether outputs are joined along their channels."""
        if not isinstance(value, ast.Call):
            return False
        said = [one.value for one in value.keywords if one.arg in ("dim", "axis")] + value.args[1:2]
        axes = [plain_value(one, self._line(value), "dim") for one in said]
        return axes[0] in _CHANNEL_AXES[self.is_keras] if axes else self.is_keras

    def _count(self, value: ast.expr, more: int) -> None:
        """Refuse more layers than are read: a chain that repeats itself within itself grows without end."""
        self.count += more
        if self.count > MOST_CALLS:
            raise self._refuse(value)

    def _function(self, value: ast.Call, name: str, others: list[ast.expr]) -> Chain:
        """The layer that a function of torch, or a method of a tensor, is."""
        line = self._line(value)
        if name in _RESHAPES:
            return [Call("Flatten", line)]
        if name == "contiguous":
            return []
        if name == "pad":
            return [self._pad(value, others)]
        if name not in _FUNCTIONS:
            raise self._refuse(value)
        layer = _FUNCTIONS[name]
        if layer in ("Sigmoid", "Tanh"):
            others = []
        arguments = tuple(plain_value(one, line, name) for one in others)
        words = {
            keyword.arg: plain_value(keyword.value, line, keyword.arg)
            for keyword in value.keywords
            if keyword.arg is not None and keyword.arg not in _FUNCTION_WORDS
        }
        return [Call(layer, line, arguments, words)]

    def _pad(self, value: ast.Call, others: list[ast.expr]) -> Call:
        """The layer that torch.nn.functional.pad or keras.ops.pad is."""
        line = self._line(value)
        said = dict(zip(("pad", "mode", "value"), others, strict=False))
        said |= {keyword.arg: keyword.value for keyword in value.keywords if keyword.arg is not None}
        plain = {name: plain_value(one, line, name) for name, one in said.items()}
        sides, filled = plain.pop("pad", None), plain.pop("value", plain.pop("constant_values", 0))
        match sides:
            case ((0, 0), (top, bottom), (left, right), (0, 0)) if self.is_keras:
                sides = (left, right, top, bottom)
            case (int(), int()) if not self.is_keras:
                sides = (*sides, 0, 0)
        if plain.pop("mode", "constant") != "constant" or plain or not isinstance(sides, tuple):
            raise self._refuse(value)
        return Call("ConstantPad2d", line, (sides, filled))


def _what_stays(value: ast.expr) -> ast.expr:
    """What an expression is of, without the methods that leave it what it is."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _STAYS:
        value = value.func.value
    return value


def _is_tensor(value: ast.expr) -> bool:
    """Whether a value is what a network is run on, or where."""
    value = _what_stays(value)
    return isinstance(value, ast.Call) and last_name(value.func) in _TENSORS


def _shape_of_tensors(module: ast.Module) -> tuple[int, ...] | None:
    """The shape of the first batch of one image or sequence that is made, as Keras has it, channels last.

    >>> _shape_of_tensors(ast.parse("net(torch.zeros(1, 3, 20, 24))"))
    (20, 24, 3)
    """
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=sides) if name in _TENSORS:
                numbers = [one.value for one in sides if isinstance(one, ast.Constant) and isinstance(one.value, int)]
                if len(numbers) == len(sides) in (3, 4) and min(numbers) > 0:
                    _, channels, *lengths = numbers
                    return (*lengths, channels)
    return None


def _written_out(statement: ast.AugAssign) -> ast.BinOp:
    """`a += b` as `a + b`, in the line in which it stands."""
    start = ast.Name(id=ast.unparse(statement.target), ctx=ast.Load())
    return ast.copy_location(ast.BinOp(ast.copy_location(start, statement), statement.op, statement.value), statement)
