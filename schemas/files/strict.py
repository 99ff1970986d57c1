"""The base of models read from TOML or JSON: unknown keys are errors, and nothing is changed afterwards."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)
