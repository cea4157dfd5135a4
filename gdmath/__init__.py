"""Work out the mathematics of the lecture, from one stated loss to a trajectory; draw nothing.

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
    momentum       β, how much of its velocity a descent keeps from one step to the next
    batch          the points whose gradient one step goes by; a pass sees every point once
    basin          the starts whose descents end in the same minimum
"""

from gdmath import landscape, mistakes
from gdmath.arrays import FloatArray
from gdmath.batches import StochasticTrajectory, descend_on_batches, shuffled_batches
from gdmath.convergence import Convergence, convergence
from gdmath.derivation import Derivation, Step, derive
from gdmath.derivation.correspondence import correspond
from gdmath.descent import descend
from gdmath.differences import difference_errors, forward_difference, gradient_errors, secant
from gdmath.lesson import Lesson, LessonError
from gdmath.lesson_file import load_lesson, prove_lesson, too_costly
from gdmath.lesson_file.building import rule_name
from gdmath.lesson_file.expressions import parse_expression
from gdmath.normal_equations import NormalEquations, normal_equations
from gdmath.notation import to_typst
from gdmath.numeric import NumericLoss, compile_loss
from gdmath.requirements import unmet_requirements
from gdmath.rules import AdaGrad, Adam, Momentum, Nesterov, PlainDescent, RMSProp, UpdateRule
from gdmath.scaling import Scaling, centred, in_units, standardised
from gdmath.summary import Summary, as_text, in_steps, summarise
from gdmath.trajectory import Trajectory
from gdmath.valleys import StationaryPoint, basin_of, stationary_points, two_basins
