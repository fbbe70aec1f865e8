"""The inputs of an action: JSON Schema 2020-12, its flat view, and arguments that fit it."""

from deftly.domain.schema.coerce import coerce
from deftly.domain.schema.compiled import CompiledSchema, compile_schema
from deftly.domain.schema.parameters import (
    PARAMETER_TYPES,
    Parameter,
    ParameterType,
    parameters_to_schema,
    schema_to_parameters,
)

__all__ = [
    "PARAMETER_TYPES",
    "CompiledSchema",
    "Parameter",
    "ParameterType",
    "coerce",
    "compile_schema",
    "parameters_to_schema",
    "schema_to_parameters",
]
