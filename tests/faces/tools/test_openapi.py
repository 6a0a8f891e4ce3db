"""The OpenAPI document: valid by the standard, and the tools' own schemas."""

from __future__ import annotations

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from palaestra import gyms
from palaestra.faces.tools import catalog
from palaestra.faces.tools.openapi import STATUS, describe
from palaestra.faces.tools.toolbox import KINDS


@pytest.mark.parametrize("name", ["accounting", "procedural:7"])
def test_it_is_valid(name: str):
    app = gyms.find(name)
    document = json.loads(json.dumps(describe(app.title, catalog(app).values())))
    OpenAPIV31SpecValidator(document).validate()
    assert len(document["paths"]) == len(catalog(app))
    for tool in catalog(app).values():
        operation = document["paths"][f"/tools/{tool.name}"]["post"]
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        assert (operation["operationId"], body) == (tool.name, tool.takes)
        assert {str(status) for status in STATUS.values()} < operation["responses"].keys()


def test_every_kind_of_error_has_its_status():
    assert {*STATUS, "wrong request"} == set(KINDS)
