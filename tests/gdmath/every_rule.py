"""One of each update rule, for what holds for all of them."""

from gdmath import AdaGrad, Adam, Momentum, Nesterov, PlainDescent, RMSProp

RULES = [
    PlainDescent(0.1),
    Momentum(0.1, 0.9),
    Nesterov(0.1, 0.9),
    AdaGrad(0.1),
    RMSProp(0.1),
    Adam(0.1),
]
