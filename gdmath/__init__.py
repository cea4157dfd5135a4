"""The mathematics of the lecture: from one stated loss to a trajectory, and never a picture.

A **lesson** states a model, a loss and a data set. Its **derivation** is computed from them, its
**numbers** are compiled from that, a **descent** walks them and leaves a **trajectory**, and
**convergence** says what theory promises of it.

    from gdmath import PlainDescent, compile_loss, convergence, descend, load_lesson

    lesson = load_lesson()
    loss = compile_loss(lesson)
    trajectory = descend(loss, PlainDescent(lesson.learning_rate), lesson.start, lesson.steps)
    trajectory.settles_within(0.01, convergence(loss).minimum)

One word a concept, here and on screen:

    parameters     θ = (a, b), the two numbers that are learnt
    prediction     ŷ = a x + b, what the model says at x
    residual       r = ŷ − y, by how much it is wrong, measured along y
    loss           L(θ), the mean of the pointwise loss over the points: for (ŷ − y)² it is the MSE,
                   and SSE and RMSE are its relatives
    learning rate  η, what the gradient is multiplied by
    step           the displacement −η∇L, and the count of those made
    trajectory     where a descent stood before its first step and after each
    flat, stiff    the directions in which the loss curves least and most
"""

from gdmath import landscape
from gdmath.arrays import FloatArray
from gdmath.convergence import Convergence, convergence
from gdmath.derivation import Derivation, Step, derive
from gdmath.derivation.correspondence import correspond
from gdmath.descent import descend
from gdmath.gradcheck import GradientCheck, check_gradient
from gdmath.lesson import Lesson, LessonError
from gdmath.lesson_file import load_lesson
from gdmath.lesson_file.expressions import parse_expression
from gdmath.notation import to_typst
from gdmath.numeric import NumericLoss, compile_loss
from gdmath.rules import PlainDescent, UpdateRule
from gdmath.trajectory import Trajectory

__all__ = [
    "Convergence",
    "Derivation",
    "FloatArray",
    "GradientCheck",
    "Lesson",
    "LessonError",
    "NumericLoss",
    "PlainDescent",
    "Step",
    "Trajectory",
    "UpdateRule",
    "check_gradient",
    "compile_loss",
    "convergence",
    "correspond",
    "derive",
    "descend",
    "landscape",
    "load_lesson",
    "parse_expression",
    "to_typst",
]
