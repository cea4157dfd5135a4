"""What the ear hears of a caption: every kind of number, symbol, unit and name in words."""

import pytest

from pipeline.voice.reading import read, spoken

T = "\N{THIN SPACE}"

READINGS = {
    # Numbers
    "30 points": "thirty points",
    "40 frames, 400 updates.": "forty frames, four hundred updates.",
    "1968 steps": "one thousand nine hundred sixty-eight steps",
    f"10{T}000 points": "ten thousand points",
    f"1{T}234{T}567": "one million two hundred thirty-four thousand five hundred sixty-seven",
    "step 0": "step zero",
    "step 19": "step nineteen",
    "2.6504": "two point six five zero four",
    "0.01": "zero point zero one",
    "0.000603": "zero point zero zero zero six zero three",
    "3.00": "three point zero zero",
    "−10.3255": "minus ten point three two five five",
    "-7": "minus seven",
    "106.616": "one hundred six point six one six",
    f"23{T}104.0": "twenty-three thousand one hundred four point zero",
    "1e−8": "ten to the minus eight",
    "1e−14.": "ten to the minus fourteen.",
    "1.5e−8": "one point five times ten to the minus eight",
    "2.17e9": "two point one seven times ten to the nine",
    "5e12": "five times ten to the twelve",
    "1.0e−5": "one point zero times ten to the minus five",
    "10⁻⁸": "ten to the minus eight",
    "10^(−8)": "ten to the minus eight",
    "10⁶": "ten to the six",
    "(−2, −1) and (2, 1)": "minus two, minus one and two, one",
    "3–5 steps": "three to five steps",
    "2/3": "two over three",
    "½": "one half",
    "±0.5": "plus or minus zero point five",
    # Signs and relations
    "κ = 15.25": "kappa equals fifteen point two five",
    "z = 77.01,": "zee equals seventy-seven point zero one,",
    "x ≈ 0.83": "ex is about zero point eight three",
    "h → 0": "aitch goes to zero",
    "h < 1": "aitch is less than one",
    "η ≤ 0.8377": "eta is at most zero point eight three seven seven",
    "n ≥ 3": "en is at least three",
    "L ≠ 0": "el is not zero",
    "θ ← θ − η ∇L": "theta becomes theta minus eta grad el",
    "2 × 3": "two times three",
    "𝑎·x + b": "ay times ex plus bee",
    "∂L/∂a": "partial el by partial ay",
    "dL/da": "dee el by dee ay",
    "a = 2": "ay equals two",
    "|x|": "ex",
    "√n": "the root of en",
    "∞": "infinity",
    "L′": "el prime",
    # Powers
    "x²": "ex squared",
    "y³": "why cubed",
    "x⁴": "ex to the four",
    "x⁻¹": "ex to the minus one",
    "x^2": "ex squared",
    "e^(−x)": "ee to the minus ex",
    "(prediction − y)²": "prediction minus why squared",
    "10²": "ten squared",
    # Parameters, and the article
    "𝑎 is 3, and the best line has 3.": "ay is three, and the best line has three.",
    "b turns back": "bee turns back",
    "a line": "a line",
    "A line is two numbers.": "A line is two numbers.",
    "a times tanh of b x": "a times hyperbolic tangent of bee ex",
    "the slope in 𝑎 and in b": "the slope in ay and in bee",
    "I see": "I see",
    # Greek letters, indices, accents
    "λ": "lambda",
    "η": "eta",
    "θ₀": "theta zero",
    "theta_0": "theta zero",
    "λ₁ and λ₂": "lambda one and lambda two",
    "σ²": "sigma squared",
    "Δx": "delta ex",
    "x̄": "ex bar",
    "â": "ay hat",
    "T_amb": "tee amb",
    "x_max": "ex max",
    "xᵢ": "ex eye",
    # Names
    "SSE.": "ess ess ee.",
    "RMSE: 8.7757": "ar em ess ee: eight point seven seven five seven",
    "MSE": "em ess ee",
    "RMSProp divides": "ar em ess prop divides",
    "AdaGrad": "ada grad",
    "Adam's first step": "Adam's first step",
    "Nesterov's momentum": "Nesterov's momentum",
    "ln cosh": "the natural log of cosh",
    "sin(x)": "sine ex",
    "exp(−x)": "the exponential of minus ex",
    # Units
    "53 %": "fifty-three per cent",
    "within 1 %,": "within one per cent,",
    "61.3° off": "sixty-one point three degrees off",
    "20 °C": "twenty degrees Celsius",
    "1 °C": "one degree Celsius",
    "5 m²": "five square metres",
    "1 m": "one metre",
    "2 m/s": "two metres per second",
    "9.81 m/s²": "nine point eight one metres per second squared",
    "3 kg/m³": "three kilograms per cubic metre",
    "90 km/h": "ninety kilometres per hour",
    "3 kWh": "three kilowatt hours",
    "50 Hz": "fifty hertz",
    "the mass in kg": "the mass in kilograms",
    "the error in m": "the error in em",
    # Punctuation
    "“Is it done?”": "Is it done?",
    "ordinary – it is": "ordinary — it is",
    "well-kept": "well-kept",
}  # fmt: skip


@pytest.mark.parametrize("caption", READINGS)
def test_reads_as_a_teacher_would(caption: str) -> None:
    assert spoken(caption) == READINGS[caption]


def test_every_word_knows_how_it_is_written() -> None:
    words = read("At step 142, 𝑎 is −2.65.")
    assert [word.written for word in words] == ["At", "step", "142,", "a", "is", "−2.65."]
    assert words[2].said == "one hundred forty-two,"
