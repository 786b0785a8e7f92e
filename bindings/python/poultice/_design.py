"""Draws the members of a study from its distributions: points of the unit cube, then quantiles."""

from __future__ import annotations

import inspect
import warnings
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from poultice import _core

Array: TypeAlias = npt.NDArray[np.float64]
Drawn: TypeAlias = "dict[str, Array | list[str]]"

#: Quantiles of a normal are finite this far from 0 and 1.
_EDGE = 2.0**-53


def draw(study: _core.Study) -> Drawn:
    """A column for each distribution of the study: numbers in SI, or words. `study.n` values of the first
    replicate come first, then those of the next, which has a seed of its own. The same seed gives the same
    columns, and more replicates leave the first ones as they are.

    Raises ImportError that says what to install where SciPy is missing."""
    _import_scipy()
    distributions = study.distributions
    seeds = np.random.SeedSequence(study.seed).spawn(study.replicates)
    points = np.concatenate(
        [_points(study.method, study.n, len(distributions), np.random.default_rng(seed)) for seed in seeds]
    )
    points = _correlate(points, [it.path for it in distributions], study.correlations)
    return {it.path: _quantiles(it, points[:, column]) for column, it in enumerate(distributions)}


def _import_scipy() -> None:
    try:
        import scipy.special
        import scipy.stats.qmc  # noqa: F401
    except ImportError as error:
        raise ImportError(
            "members are drawn with SciPy, which is not installed: pip install 'poultice[sweep]'"
        ) from error


def _points(method: str, n: int, dimensions: int, rng: np.random.Generator) -> Array:
    """Points in the open unit cube, [point][dimension]."""
    from scipy.stats import qmc

    if method == "sobol":
        sampler = _sampler(qmc.Sobol, dimensions, rng)
        with warnings.catch_warnings():
            # What it says of a number of points that is no power of two, the study says itself.
            warnings.simplefilter("ignore", UserWarning)
            # Points are multiples of 2^-bits, 0 among them: the middle of each cell is meant.
            points = sampler.random(n) + 0.5 * 2.0**-sampler.bits
    elif method == "latin_hypercube":
        points = _sampler(qmc.LatinHypercube, dimensions, rng).random(n)
    else:
        points = rng.random((n, dimensions))
    inside: Array = np.clip(points, _EDGE, 1.0 - _EDGE)
    return inside


def _sampler(kind: Any, dimensions: int, rng: np.random.Generator) -> Any:
    """SciPy 1.15 has renamed the argument."""
    name = "rng" if "rng" in inspect.signature(kind).parameters else "seed"
    return kind(dimensions, **{name: rng})


def _correlate(points: Array, paths: list[str], correlations: list[tuple[str, str, float]]) -> Array:
    """The points with rank correlations given to them by a Gaussian copula. The ranks of two normals
    correlate by (6/pi) asin(r/2) where they themselves do by r (Pearson 1907). Dimensions that correlate with
    no other stay as they are."""
    from scipy.special import ndtr, ndtri

    concerned = sorted({paths.index(path) for pair in correlations for path in pair[:2]})
    if not concerned:
        return points
    place = {paths[dimension]: k for k, dimension in enumerate(concerned)}
    matrix = np.eye(len(concerned))
    for first, second, rank in correlations:
        i, j = place[first], place[second]
        matrix[i, j] = matrix[j, i] = 2.0 * np.sin(np.pi / 6.0 * rank)
    normals = ndtri(points[:, concerned]) @ np.linalg.cholesky(matrix).T
    correlated = points.copy()
    correlated[:, concerned] = np.clip(ndtr(normals), _EDGE, 1.0 - _EDGE)
    return correlated


def _quantiles(distribution: _core.Distribution, shares: Array) -> Array | list[str]:
    """The values below which these shares of the distribution lie."""
    it = distribution
    values: Array
    if it.kind == "categorical":
        upper = np.cumsum(it.weights)
        chosen = np.searchsorted(upper / upper[-1], shares, side="right")
        if it.words:
            return [it.words[k] for k in chosen]
        values = np.asarray(it.numbers)[chosen]
        return values
    if it.kind == "normal":
        bounds = it.minimum, it.maximum
        values = it.a + it.b * _cut_normal(shares, (it.minimum - it.a) / it.b, (it.maximum - it.a) / it.b)
    elif it.kind == "lognormal":
        bounds = max(it.minimum, 0.0), it.maximum
        sigma = np.sqrt(np.log1p(it.b**2))
        low = np.log(it.minimum / it.a) / sigma if it.minimum > 0.0 else -np.inf
        high = np.log(it.maximum / it.a) / sigma
        values = it.a * np.exp(sigma * _cut_normal(shares, low, high))
    else:
        bounds = it.a, it.b
        if it.kind == "uniform":
            values = it.a + shares * (it.b - it.a)
        else:
            values = it.a * np.exp(shares * np.log(it.b / it.a))
    # The last digit may have gone beyond an end.
    values = np.clip(values, *bounds)
    return values


def _cut_normal(shares: Array, low: float, high: float) -> Array:
    """Quantiles of a standard normal that is cut at `low` and `high`."""
    from scipy.special import ndtr, ndtri

    if low > 0.0:  # where the shares below are all but 1, those above still tell one from another
        return -_cut_normal(1.0 - shares, -high, -low)
    below, above = ndtr(low), ndtr(high)
    quantiles: Array = ndtri(below + shares * (above - below))
    return quantiles
