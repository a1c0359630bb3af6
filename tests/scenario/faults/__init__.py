"""Every kind of fault, each a small change to the tiny scenario."""

from tests.scenario.faults import form, language, names, sense

CASES = {**form.CASES, **names.CASES, **language.CASES, **sense.CASES}
