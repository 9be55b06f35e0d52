"""What people paste, with what it is: each text beside the stack, the page or the numbers that it means, or its line.

Written by hand from the two frameworks' documents: what each says is an expectation, never a reading of our own.
"""

from typing import Any

STACKS: dict[str, str] = {
    # PyTorch, a layer or several.
    "nn.Conv2d(3, 16, 3, stride=2)": "conv 3>16 3 s2",
    "torch.nn.Conv2d(3, 16, kernel_size=3, padding=1)": "conv 3>16 3 p1",
    "Conv2d(3, 16, (5, 3), (2, 1), (2, 1))": "conv 3>16 5x3 s2x1 p2x1",
    "nn.Conv2d(in_channels=1, out_channels=8, kernel_size=(3, 3), dilation=2)": "conv 1>8 3 d2",
    "self.conv1 = nn.Conv2d(64, 64, 3, padding='same', bias=False)": "conv 64>64 3 same nobias",
    "conv = nn.Conv2d(8, 8, 3, groups=8)": "conv 8>8 3 g8",
    "nn.Conv2d(3, 16, 3, padding='valid'),": "conv 3>16 3",
    ">>> m = nn.Conv2d(16, 33, 3, stride=2)": "conv 16>33 3 s2",
    "m = nn.Conv2d(16, 33, (3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1))": "conv 16>33 3x5 s2x1 p4x2 d3x1",
    "    nn.Conv2d(3, 4, 1)": "conv 3>4 1",
    "nn.Conv2d(3, 4, 3, device='cuda', dtype=torch.float32)": "conv 3>4 3",
    "nn.Conv2d(3, 2 * 8, 3)": "conv 3>16 3",
    "nn.ConvTranspose2d(16, 8, 4, 2, 1)": "transposed 16>8 4 s2 p1",
    "nn.ConvTranspose2d(16, 8, 3, stride=2, padding=1, output_padding=1)": "transposed 16>8 3 s2 p1 o1",
    "nn.ConvTranspose2d(8, 8, 3, groups=8, bias=False)": "transposed 8>8 3 g8 nobias",
    "nn.ConvTranspose2d(4, 4, 3, dilation=2)": "transposed 4>4 3 d2",
    "nn.MaxPool2d(2)": "maxpool 2",
    "nn.MaxPool2d(3, stride=2, padding=1)": "maxpool 3 s2 p1",
    "nn.MaxPool2d(kernel_size=(2, 1), ceil_mode=True)": "maxpool 2x1 ceil",
    "nn.MaxPool2d(3, 2, dilation=2)": "maxpool 3 s2 d2",
    "nn.AvgPool2d(2, 2)": "avgpool 2",
    "nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)": "avgpool 3 s1 p1",
    "nn.AdaptiveAvgPool2d(1)": "globalpool",
    "nn.AdaptiveAvgPool2d((1, 1))": "globalpool",
    "nn.AdaptiveAvgPool2d((7, 5))": "adaptiveavgpool 7x5",
    "nn.AdaptiveMaxPool2d(4)": "adaptivemaxpool 4",
    "nn.BatchNorm2d(64)": "batchnorm",
    "nn.ReLU(inplace=True)": "relu",
    "nn.ReLU6()": "relu6",
    "nn.LeakyReLU(0.2)": "leakyrelu",
    "nn.GELU()": "gelu",
    "nn.SiLU()": "silu",
    "nn.Hardswish()": "hardswish",
    "nn.Sigmoid()": "sigmoid",
    "nn.Tanh()": "tanh",
    "nn.Softmax(dim=1)": "softmax",
    "nn.Dropout(0.25)": "dropout 0.25",
    "nn.Dropout2d(p=0.5)": "dropout 0.5",
    "nn.Linear(128, 10)": "linear 128>10",
    "nn.Linear(16 * 5 * 5, 120, bias=False)": "linear 400>120 nobias",
    "nn.Flatten()": "flatten",
    "nn.Upsample(scale_factor=2)": "upsample 2",
    "nn.Upsample(scale_factor=2, mode='bilinear', align_corners=False)": "upsample 2 bilinear",
    "nn.ELU(alpha=0.5)": "elu",
    "nn.Hardsigmoid()": "hardsigmoid",
    "nn.Conv2d(3, 8, kernel_size=7, stride=2, padding=3, bias=False)": "conv 3>8 7 s2 p3 nobias",
    "nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU()": "conv 3>8 3; batchnorm; relu",
    "nn.PixelShuffle(3)": "pixelshuffle 3",
    "nn.Conv2d(1, 8, 3)\nnn.ReLU()\nnn.MaxPool2d(2)": "conv 1>8 3; relu; maxpool 2",
    "nn.Conv2d(1, 8, 3),\nnn.ReLU(),": "conv 1>8 3; relu",
    "[nn.Conv2d(1, 8, 3), nn.ReLU()]": "conv 1>8 3; relu",
    "self.a = nn.Conv2d(3, 8, 3)\nself.b = nn.Conv2d(8, 8, 3)": "conv 3>8 3; conv 8>8 3",
    "# a comment\nnn.Conv2d(3, 8, 3)  # another": "conv 3>8 3",
    # Sequential.
    "nn.Sequential(nn.Conv2d(1, 20, 5), nn.ReLU(), nn.Conv2d(20, 64, 5), nn.ReLU())": (
        "conv 1>20 5; relu; conv 20>64 5; relu"
    ),
    "nn.Sequential(OrderedDict([('conv1', nn.Conv2d(1, 20, 5)), ('relu1', nn.ReLU())]))": "conv 1>20 5; relu",
    "model = nn.Sequential(\n    nn.Conv2d(3, 8, 3, padding=1),\n    nn.BatchNorm2d(8),\n    nn.SiLU(),\n)": (
        "conv 3>8 3 p1; batchnorm; silu"
    ),
    "nn.Sequential(nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU()), nn.Identity(), nn.Linear(8, 2))": (
        "conv 3>8 3; relu; linear 8>2"
    ),
    "import torch\nfrom torch import nn\n\nnet = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))": (
        "flatten; linear 784>10"
    ),
    "nn.Sequential(*[nn.ReLU(), nn.Tanh()])": "relu; tanh",
    "block = nn.Sequential(nn.Conv2d(8, 8, 3), nn.ReLU())\nnet = nn.Sequential(block, block)": (
        "conv 8>8 3; relu; conv 8>8 3; relu"
    ),
    "block = nn.Sequential(nn.Conv2d(8, 8, 3), nn.ReLU())\nnet = nn.Sequential(block, nn.Tanh())": (
        "conv 8>8 3; relu; tanh"
    ),
    # Padding in a layer of its own.
    "nn.Sequential(nn.ZeroPad2d(1), nn.Conv2d(3, 8, 3, bias=False))": "conv 3>8 3 p1 nobias",
    "nn.Sequential(nn.ZeroPad2d((1, 0, 2, 1)), nn.Conv2d(3, 8, 3))": "conv 3>8 3 p2:1x1:0",
    "nn.Sequential(nn.ConstantPad2d(1, float('-inf')), nn.MaxPool2d(3, 2))": "maxpool 3 s2 p1",
    "keras.Sequential([layers.ZeroPadding2D((1, 2)), layers.Conv2D(8, 3)])": "conv 8 3 p1x2",
    "keras.Sequential([layers.ZeroPadding2D(((0, 1), (0, 1))), layers.DepthwiseConv2D(3)])": "depthwise 3 p0:1x0:1",
    "keras.Sequential([layers.Conv2DTranspose(4, 3, 2), layers.Cropping2D(1)])": "transposed 4 3 s2 p1",
    "conv = nn.Conv2d(3, 8, 3)\nout = conv(x)\nprint(out.shape)": "conv 3>8 3",
    "conv = nn.Conv2d(3, 8, 3)\nout = conv(torch.randn(2, 3, 9, 11))": "conv 3>8 3",
    "conv = nn.Conv2d(3, 8, 3)\nx = torch.randn(1, 3, 9, 9)\ny = conv(F.pad(x, (1, 1, 1, 1)))": "conv 3>8 3 p1",
    # A module whose forward is a chain.
    """class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(256, 120)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        return self.fc1(x)
""": "conv 1>6 5; relu; maxpool 2; conv 6>16 5; relu; maxpool 2; flatten; linear 256>120",
    """class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU())
        self.head = nn.Linear(8, 10)
    def forward(self, images):
        out = self.features(images)
        out = F.adaptive_avg_pool2d(out, 1)
        out = out.view(out.size(0), -1)
        return F.log_softmax(self.head(out), dim=1)
""": "conv 3>8 3; relu; globalpool; flatten; linear 8>10; softmax",
    """class Up(nn.Module):
    def forward(self, x):
        x = self.up(x)
        return x.sigmoid()
    def __init__(self, k=2):
        self.up = nn.ConvTranspose2d(4, 2, 2, 2)
""": "transposed 4>2 2 s2; sigmoid",
    """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, 3)
    def forward(self, x):
        return F.max_pool2d(F.leaky_relu(self.a(x), 0.1), 2)
""": "conv 3>8 3; leakyrelu; maxpool 2",
    """class Net(nn.Module):
    \"\"\"A docstring.\"\"\"
    def __init__(self):
        self.a = nn.Conv2d(3, 8, 3)
        self.drop = nn.Dropout(0.5)
    def forward(self, x):
        \"\"\"Another.\"\"\"
        y = F.gelu(self.a(x))
        y = self.drop(y)
        return F.interpolate(y, scale_factor=2)
""": "conv 3>8 3; gelu; dropout 0.5; upsample 2",
    # Keras.
    "layers.Conv2D(32, 3, activation='relu')": "conv 32 3; relu",
    "layers.Conv2D(32, (3, 3), strides=2, padding='same')": "conv 32 3 s2 same_upper",
    "tf.keras.layers.Conv2D(filters=8, kernel_size=(5, 3), use_bias=False)": "conv 8 5x3 nobias",
    "keras.layers.Conv2D(8, 3, dilation_rate=2, padding='SAME')": "conv 8 3 same_upper d2",
    "Conv2D(64, (3,3), padding='same', input_shape=(32, 32, 3))": "conv 3>64 3 same_upper",
    "Conv2D(8, 3, groups=2, input_shape=(8, 8, 4))": "conv 4>8 3 g2",
    "layers.Conv2D(8, 3, kernel_initializer='he_normal', name='c1')": "conv 8 3",
    "layers.DepthwiseConv2D(3, padding='same', depth_multiplier=2)": "depthwise 3 same_upper m2",
    "layers.SeparableConv2D(16, 3, use_bias=False)": "separable 16 3 nobias",
    "layers.Conv2DTranspose(8, 4, strides=2, padding='same')": "transposed 8 4 s2 same_upper",
    "layers.Conv2DTranspose(8, 3, strides=2)": "transposed 8 3 s2",
    "layers.Conv2DTranspose(8, 2, strides=3, use_bias=False)": "transposed 8 2 s3 o1 nobias",
    "layers.MaxPooling2D()": "maxpool 2",
    "layers.MaxPooling2D((3, 3), strides=2, padding='same')": "maxpool 3 s2 same_upper",
    "MaxPool2D(pool_size=2)": "maxpool 2",
    "layers.AveragePooling2D(2)": "avgpool 2",
    "layers.GlobalAveragePooling2D()": "globalpool",
    "layers.BatchNormalization()": "batchnorm",
    "keras.layers.ReLU()": "relu",
    "keras.layers.ReLU(6.)": "relu6",
    "layers.Activation('swish')": "silu",
    "layers.Dropout(0.3)": "dropout 0.3",
    "layers.Dense(10, activation='softmax')": "linear 10; softmax",
    "keras.layers.Flatten()": "flatten",
    "layers.UpSampling2D(2, interpolation='bilinear')": "upsample 2 bilinear",
    "layers.UpSampling2D()": "upsample 2",
    """model = keras.Sequential([
    keras.Input(shape=(28, 28, 1)),
    layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
    layers.MaxPooling2D(pool_size=(2, 2)),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
model.summary()
""": "conv 1>32 3; relu; maxpool 2; flatten; dropout 0.5; linear 10; softmax",
    """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        return self.pool(self.conv(x))

device = torch.device("cpu")
model = Net().to(device).eval()
x = torch.randn(1, 3, 32, 32)
y = model(x)
print(y.shape)
""": "conv 3>8 3 p1; maxpool 2",
    """model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Dense(1, activation='sigmoid'))
model.compile(optimizer='adam')
""": "conv 3>32 3; relu; maxpool 2; linear 1; sigmoid",
    """inputs = keras.Input(shape=(32, 32, 3))
x = layers.Conv2D(8, 3, strides=2, padding='same')(inputs)
x = layers.BatchNormalization()(x)
x = layers.ReLU()(x)
outputs = layers.Dense(10)(x)
model = keras.Model(inputs, outputs)
""": "conv 3>8 3 s2 same_upper; batchnorm; relu; linear 10",
    """i = layers.Input((8, 8, 2))
x = layers.Conv2DTranspose(4, 2, 2)(i)
m = keras.Model(inputs=i, outputs=x)
""": "transposed 2>4 2 s2",
    # A Jupyter cell, a block of Markdown.
    "```python\nnn.Conv2d(3, 8, 3)\n```": "conv 3>8 3",
    "In [3]: nn.Conv2d(3, 8, 3)": "conv 3>8 3",
    # torchinfo, torchsummary, Keras 3 (printed by 3.15) and before.
    """Model: "sequential"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                      ┃ Output Shape             ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ conv2d (Conv2D)                   │ (None, 28, 28, 16)       │           160 │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ max_pooling2d (MaxPooling2D)      │ (None, 14, 14, 16)       │             0 │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ depthwise_conv2d                  │ (None, 14, 14, 16)       │           160 │
│ (DepthwiseConv2D)                 │                          │               │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ conv2d_transpose                  │ (None, 28, 28, 8)        │         2,056 │
│ (Conv2DTranspose)                 │                          │               │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ separable_conv2d                  │ (None, 26, 26, 8)        │           144 │
│ (SeparableConv2D)                 │                          │               │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ batch_normalization               │ (None, 26, 26, 8)        │            32 │
│ (BatchNormalization)              │                          │               │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ global_average_pooling2d          │ (None, 8)                │             0 │
│ (GlobalAveragePooling2D)          │                          │               │
├───────────────────────────────────┼──────────────────────────┼───────────────┤
│ dense (Dense)                     │ (None, 10)               │            90 │
└───────────────────────────────────┴──────────────────────────┴───────────────┘
 Total params: 2,642 (10.32 KB)
 Trainable params: 2,626 (10.26 KB)
 Non-trainable params: 16 (64.00 B)
""": (
        "conv 1>16 3 same_upper; maxpool 2; depthwise 3 same_upper; transposed 16>8 4 s2 same_upper; "
        "depthwise 3 nobias; pointwise 8; batchnorm; globalpool; linear 8>10"
    ),
    """==========================================================================================
Layer (type:depth-idx)                   Output Shape              Param #
==========================================================================================
Net                                      [1, 10]                   --
├─Sequential: 1-1                        [1, 16, 14, 14]           --
│    └─Conv2d: 2-1                       [1, 16, 28, 28]           160
│    └─ReLU: 2-2                         [1, 16, 28, 28]           --
│    └─MaxPool2d: 2-3                    [1, 16, 14, 14]           --
├─Flatten: 1-2                           [1, 3136]                 --
├─Linear: 1-3                            [1, 10]                   31,370
==========================================================================================
Total params: 31,530
""": "conv 1>16 3 p1; relu; maxpool 2; flatten; linear 3136>10",
    """----------------------------------------------------------------
        Layer (type)               Output Shape         Param #
================================================================
            Conv2d-1           [-1, 16, 32, 32]             448
       BatchNorm2d-2           [-1, 16, 32, 32]              32
              ReLU-3           [-1, 16, 32, 32]               0
            Conv2d-4           [-1, 32, 16, 16]           4,640
================================================================
Total params: 5,120
""": "conv 3>16 3 p1; batchnorm; relu; conv 16>32 3 s2 p1",
    """Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 input_1 (InputLayer)        [(None, 28, 28, 1)]       0

 conv2d (Conv2D)             (None, 26, 26, 32)        320

 max_pooling2d (MaxPooling2D  (None, 13, 13, 32)       0
 )

 flatten (Flatten)           (None, 5408)              0

 dense (Dense)               (None, 10)                54090

=================================================================
Total params: 54,410
""": "conv 1>32 3; maxpool 2; flatten; linear 5408>10",
}

LAYERS: dict[str, tuple[str, dict[str, Any]]] = {
    "nn.Conv2d(3, 4, 3, stride=2, padding=1)": (
        "standard",
        {"in_channels": 3, "out_channels": 4, "kernel_height": 3, "stride_width": 2, "padding_height": 1, "bias": True},
    ),
    "nn.Conv2d(1, 1, 3, padding_mode='reflect', padding=1)": ("standard", {"padding_mode": "reflect"}),
    "nn.Conv2d(1, 1, 3, padding='same')": ("standard", {"padding": "same"}),
    "nn.Conv2d(4, 4, 3, groups=2)": ("grouped", {"groups": 2}),
    "nn.Conv1d(2, 4, 3, padding=1, dilation=2)": (
        "one_dimensional",
        {"in_channels": 2, "kernel_size": 3, "padding_amount": 1, "dilation": 2},
    ),
    "layers.Conv1D(4, 3, padding='causal')": ("one_dimensional", {"padding": "causal", "kernel_size": 3}),
    "nn.Conv3d(1, 1, 3, padding=1)": (
        "three_dimensional",
        {"in_channels": 1, "kernel_depth": 3, "kernel_width": 3, "padding": "amount", "padding_depth": 1, "bias": True},
    ),
    "nn.Conv3d(2, 1, (1, 2, 3), stride=(1, 2, 3), padding=(0, 1, 2), dilation=(2, 1, 1), bias=False)": (
        "three_dimensional",
        {"kernel_depth": 1, "kernel_height": 2, "kernel_width": 3, "stride_height": 2, "stride_width": 3}
        | {"padding_depth": 0, "padding_width": 2, "dilation_depth": 2, "dilation_width": 1, "bias": False},
    ),
    "nn.Conv3d(1, 2, 2, padding='same', padding_mode='circular')": (
        "three_dimensional",
        {"out_channels": 2, "padding": "same", "padding_mode": "circular"},
    ),
    "Conv3d(1, 2, kernel_size=(3, 1, 1), stride=(1, 1, 1), padding=(1, 0, 0), bias=False)": (
        "three_dimensional",
        {"kernel_depth": 3, "kernel_width": 1, "padding_depth": 1, "padding_height": 0},
    ),
    "layers.Conv3D(2, (2, 3, 3), strides=(1, 2, 2), padding='same', activation='relu', use_bias=False)": (
        "three_dimensional",
        {"out_channels": 2, "kernel_depth": 2, "stride_height": 2, "padding": "same_upper", "bias": False},
    ),
    "keras.Input((4, 5, 6, 2))\nlayers.Conv3D(1, 3)": (
        "three_dimensional",
        {"depth": 4, "height": 5, "width": 6, "in_channels": 2, "padding": "valid"},
    ),
    "layers.Conv3D(1, 2, input_shape=(None, 6, 5, 1))": ("three_dimensional", {"height": 6, "in_channels": 1}),
    "nn.ConvTranspose2d(1, 1, 3, 2, 1, 1)": ("transposed", {"stride_height": 2, "output_padding_width": 1}),
    "nn.MaxPool2d(3, 2)": ("pooling", {"kind": "max", "kernel_height": 3, "stride_height": 2}),
    "nn.AvgPool2d(2, count_include_pad=False)": ("pooling", {"kind": "average", "count_include_pad": False}),
    "layers.SeparableConv2D(4, 3, depth_multiplier=2)": ("separable", {"depth_multiplier": 2, "out_channels": 4}),
    "keras.Input((8, 8, 4))\nlayers.DepthwiseConv2D(3)": ("grouped", {"groups": 4, "out_channels": 4, "height": 8}),
    "layers.Conv2D(2, 3, padding='same', input_shape=(6, 7, 1))": (
        "standard",
        {"padding": "same_upper", "height": 6, "width": 7, "in_channels": 1},
    ),
    "Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1))": ("standard", {"in_channels": 3}),
}

_SQUARE = [[1, 2], [3, 4]]
NUMBERS: dict[str, tuple[Any, str]] = {
    "tensor([[1., 2.], [3., 4.]])": (_SQUARE, "input:HW kernel:HW"),
    "tensor([[1, 2],\n        [3, 4]])": (_SQUARE, "input:HW kernel:HW"),
    "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0')": (_SQUARE, "input:HW kernel:HW"),
    "tensor([[1., 2.],\n        [3., 4.]], grad_fn=<AddBackward0>)": (_SQUARE, "input:HW kernel:HW"),
    "tensor([[1., 2.], [3., 4.]], dtype=torch.float64, requires_grad=True)": (_SQUARE, "input:HW kernel:HW"),
    "torch.tensor([[1, 2], [3, 4]])": (_SQUARE, "input:HW kernel:HW"),
    "x = torch.tensor([[1, 2], [3, 4]])": (_SQUARE, "input:HW kernel:HW"),
    "array([[1, 2],\n       [3, 4]])": (_SQUARE, "input:HW kernel:HW"),
    "array([[1., 2.],\n       [3., 4.]], dtype=float32)": (_SQUARE, "input:HW kernel:HW"),
    "np.array([[1, 2], [3, 4]], dtype=np.float32)": (_SQUARE, "input:HW kernel:HW"),
    "kernel = np.array([[1, 2], [3, 4]])": (_SQUARE, "input:HW kernel:HW"),
    "[[1 2]\n [3 4]]": (_SQUARE, "input:HW kernel:HW"),
    "[[1. 2.]\n [3. 4.]]": (_SQUARE, "input:HW kernel:HW"),
    "[[1, 2], [3, 4]]": (_SQUARE, "input:HW kernel:HW"),
    "((1, 2), (3, 4))": (_SQUARE, "input:HW kernel:HW"),
    "[1 2; 3 4]": (_SQUARE, "input:HW kernel:HW"),
    "A = [1, 2; 3, 4];": (_SQUARE, "input:HW kernel:HW"),
    "1 2\n3 4": (_SQUARE, "input:HW kernel:HW"),
    "1,2\n3,4": (_SQUARE, "input:HW kernel:HW"),
    "1\t2\n3\t4\n": (_SQUARE, "input:HW kernel:HW"),
    "1;2\n3;4": (_SQUARE, "input:HW kernel:HW"),
    "1,5\t2\n3\t4,25": ([[1.5, 2], [3, 4.25]], "input:HW kernel:HW"),
    "1/2 1/4\n-1/8 1": ([[0.5, 0.25], [-0.125, 1]], "input:HW kernel:HW"),
    "[[1/2, 1/4], [0, 1]]": ([[0.5, 0.25], [0, 1]], "input:HW kernel:HW"),
    "\u22121 0 1": ([[-1, 0, 1]], "input:HW kernel:HW"),
    "[-1, 0, 1]": ([-1, 0, 1], "input:W kernel:W"),
    "tensor([1e-03, 2.5e+02])": ([0.001, 250], "input:W kernel:W"),
    "tensor(1.00000e-02 *\n [[1., 2.], [3., 4.]])": ([[0.01, 0.02], [0.03, 0.04]], "input:HW kernel:HW"),
    "<tf.Tensor: shape=(2, 2), dtype=float32, numpy=\narray([[1., 2.],\n       [3., 4.]], dtype=float32)>": (
        _SQUARE,
        "input:HW kernel:HW",
    ),
    "<tf.Variable 'k:0' shape=(1, 1, 1, 2) dtype=float32, numpy=array([[[[1., 2.]]]], dtype=float32)>": (
        [[[[1, 2]]]],
        "kernel:HWIO input:NHWC",
    ),
    "tf.constant([[1., 2.], [3., 4.]])": (_SQUARE, "input:HW kernel:HW"),
    "Parameter containing:\ntensor([[[[1., 2.],\n          [3., 4.]]]], requires_grad=True)": (
        [[_SQUARE]],
        "kernel:OIHW",
    ),
    "Parameter containing:\ntensor([0.5, -0.5], requires_grad=True)": ([0.5, -0.5], "kernel:W"),
    "tensor([[[[1., 2.], [3., 4.]]]])": ([[_SQUARE]], "kernel:OIHW input:NCHW"),
    "tensor([[[1., 2.], [3., 4.]]])": ([_SQUARE], "input:CHW kernel:CHW"),
    "[[[1, 2], [3, 4]]]": ([_SQUARE], "input:CHW input:HWC kernel:CHW"),
    "[[[[1, 2]], [[3, 4]]]]": ([[[[1, 2]], [[3, 4]]]], "kernel:OIHW kernel:HWIO input:NCHW input:NHWC"),
    "1 2\n3 4\n\n5 6\n7 8": ([_SQUARE, [[5, 6], [7, 8]]], "input:CHW kernel:CHW"),
    "1\n---\n2": ([[[[1]]], [[[2]]]], "kernel:OIHW"),
    "1.5": ([[1.5]], "input:HW kernel:HW"),
}

REFUSED: dict[str, int] = {
    "": 1,
    "   \n\n": 1,
    "hello world": 1,
    "nn.Conv2d(3, 16, 3": 1,
    "nn.Conv2d(3, 16, 3))": 1,
    "nn.Conv2d(3, 16)": 1,
    "nn.Conv2d(3, 16, k)": 1,
    "nn.Conv2d(3, 16, 3, strides=2)": 1,
    "nn.Conv2d(3, 16, 3.5)": 1,
    "nn.Conv2d(3, 16, 3, padding='reflect')": 1,
    "nn.ReLU()\nnn.LSTM(3, 4)": 2,
    "nn.ReLU()\n\nnn.Conv3d(3, 4, 3)": 3,
    "nn.Sequential(\n    nn.Conv3d(1, 1, 3),\n    nn.Conv3d(1, 1, 3),\n)": 2,
    "nn.Conv3d(2, 2, 3, groups=2)": 1,
    "nn.Conv3d(1, 1, (3, 3))": 1,
    "layers.Conv3D(1, 3, data_format='channels_first')": 1,
    "layers.Conv3D(1, 3, input_shape=(6, 6, 1))": 1,
    "nn.MaxPool3d(2)": 1,
    "nn.Sequential(\n  nn.ReLU(),\n  make_layer(3),\n)": 3,
    "nn.Sequential(\n  nn.Conv2d(3, 8, 3)\n  nn.ReLU(),\n)": 2,
    "layers.Conv2D(8, 3, data_format='channels_first')": 1,
    "layers.ReLU()\nlayers.Conv2D(8, 3, activation='mish')": 2,
    "__import__('os').system('touch pasted.txt')": 1,
    "import os\nos.system('touch pasted.txt')": 2,
    "nn.Conv2d(3, open('pasted.txt', 'w').write('x'), 3)": 1,
    "eval('1')": 1,
    "[x for x in range(10**10)]": 1,
    "nn.Conv2d(3, 10 ** 10 ** 10, 3)": 1,
    "nn.Conv2d(**arguments)": 1,
    "while True:\n    pass": 1,
    "x = lambda: nn.ReLU()\nfor i in range(9):\n    nn.ReLU()": 2,
    """class Residual(nn.Module):
    def __init__(self):
        self.a = nn.Conv2d(3, 3, 3, padding=1)
    def forward(self, x):
        return x + 1 - self.a(x)
""": 5,
    """class Net(nn.Module):
    def __init__(self):
        self.a = nn.Conv2d(3, 3, 3, padding=1)
    def forward(self, x):
        return torch.cat([x, self.a(x)], dim=2)
""": 5,
    """class Net(nn.Module):
    def __init__(self):
        self.a = nn.Conv2d(3, 3, 3, padding=1)
    def forward(self, x):
        y = self.a(x)
        return torch.cat([x, y, z], dim=1)
""": 6,
    "nn.Sequential(nn.ZeroPad2d(1), nn.MaxPool2d(2))": 1,
    "nn.Sequential(nn.Conv2d(3, 8, 3), nn.ZeroPad2d(1))": 1,
    "nn.Sequential(nn.ConstantPad2d(1, 7), nn.Conv2d(3, 8, 3))": 1,
    "nn.Sequential(\n    nn.ZeroPad2d((1, -1, 0, 0)),\n    nn.Conv2d(3, 8, 3),\n)": 2,
    "F.pad(nn.Conv2d(3, 3, 3)(x), (1, 1), mode='reflect')": 1,
    """class Net(nn.Module):
    def __init__(self):
        self.a = nn.Conv2d(3, 3, 3)
    def forward(self, x):
        y = self.b(x)
        return y
""": 5,
    "Sequential(\n  (0): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n": 2,
    "Sequential(\n  (0): LSTM(3, 8)\n  (1): ReLU()\n)": 2,
    "tensor([[1., 2.], [3.]])": 1,
    "tensor([[1., 2.],\n [3., x]])": 2,
    "tensor([[1., 2.],\n        ...,\n        [3., 4.]])": 2,
    "[[1, 2], [3, 4]": 1,
    "1 2\n3": 2,
    "1 2\n3 nan": 2,
    "1 2\n3 1e9": 2,
    "1 1/0": 1,
    "1,234\t5\n6\t7": 1,
    "1\t\t3": 1,
    "[1 2; 3]": 1,
    "[" * 60 + "1" + "]" * 60: 1,
    "-" * 20_000 + "1": 1,
    "(" * 30 + "nn.ReLU()" + ")" * 29: 1,
    "1 " * 60_000: 1,
    """  Layer (type)                Output Shape              Param #
=================================================================
 input_1 (InputLayer)        [(None, 28, 28, 1)]       0
 lstm (LSTM)                 (None, 26)                320
""": 4,
    """  Layer (type)                Output Shape              Param #
=================================================================
 input_1 (InputLayer)        [(None, 28, 28, 1)]       0
 conv2d (Conv2D)             (None, 26, 26, 32)        321
""": 4,
}
