"""A result as an xarray.Dataset, with the structure that netCDF tools see in its file."""

from __future__ import annotations

import numpy as np
import xarray as xr

from poultice._content import Content, Variable


def dataset_of(content: Content) -> xr.Dataset:
    arrays = {name: _array(it) for name, it in content.variables.items()}
    # What an array names in its attribute `coordinates` is one; xarray knows scales for coordinates by
    # itself.
    named = {word for it in content.variables.values() for word in it.text("coordinates").split()}
    dataset = xr.Dataset(arrays, attrs={name: _attribute(it) for name, it in content.attributes.items()})
    return dataset.set_coords(sorted(named))


def _array(variable: Variable) -> xr.Variable:
    attributes = {name: _attribute(it) for name, it in variable.attributes.items() if name != "coordinates"}
    return xr.Variable(variable.dims, variable.values, attributes)


def _attribute(value: object) -> object:
    return np.array(value, dtype=np.int32) if isinstance(value, list) else value
