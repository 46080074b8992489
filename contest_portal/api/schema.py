"""What the schema says of every call beside what its view says."""

ERROR = {
    "type": "object",
    "description": (
        "Why something was not done: a stable code and a sentence for people. "
        "`fields` tells the sentences by field, `findings` what was found in files."
    ),
    "properties": {
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "fields": {},
        "codes": {},
        "findings": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["code", "detail"],
}


def describe_errors(result, generator, request, public):
    """Every call may answer with an error, and all errors look alike."""
    result["components"].setdefault("schemas", {})["Error"] = ERROR
    answer = {
        "description": "An error.",
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Error"}}
        },
    }
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"].setdefault("default", answer)
    return result
