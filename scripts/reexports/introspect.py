"""
Prints, as JSON, what the modules of this Python offer of other modules: {module: {name: [kind, target]}}.
Kind is "module", "function" (a class counts as one) or "own": something else that has the name of a
module of the standard library. The names of the modules that matter come as the first argument, the
packages to look at after it; without any, it is the standard library.
"""
import importlib, io, json, pkgutil, sys, types, warnings

LEFT_OUT = {"antigravity", "this", "__main__", "test", "tests", "testing", "idlelib", "turtledemo", "lib2to3", "encodings",
            "pydoc_data", "ensurepip", "_pyrepl", "msilib", "conftest", "array_api_compat", "array_api_extra"}
CALLABLE = (types.FunctionType, types.BuiltinFunctionType, type)


def load(name):
    try:
        return importlib.import_module(name)
    except BaseException:
        return None


def walk(packages):
    for top in packages or sorted(sys.stdlib_module_names):
        module = None if top in LEFT_OUT else load(top)
        if module is None:
            continue
        yield top, module
        for info in pkgutil.walk_packages(getattr(module, "__path__", []), top + ".", onerror=lambda _: None):
            if LEFT_OUT.isdisjoint(info.name.split(".")):
                found = load(info.name)
                if found is not None:
                    yield info.name, found


def belongs(value, name):
    home = (getattr(value, "__module__", None) or "").lstrip("_")
    # The classes that `types` gives names to say that they are builtins.
    return name == "types" or home == name or home.startswith(name + ".") or (home, name) == ("posix", "os")


def public(known):
    names = {}
    for name in known:
        if name.split(".")[0] in sys.stdlib_module_names:
            for attribute, value in vars(load(name) or types).items():
                if isinstance(value, CALLABLE) and belongs(value, name) and not attribute.startswith("_"):
                    names.setdefault(id(value), f"{name}.{attribute}")
    return names


def offered(known, packages):
    names = public(known)
    result = {}
    # All are loaded before any is looked at: loading a module puts it into its package.
    for path, module in list(walk(packages)):
        entry = result.setdefault(path, {})
        for attribute, value in list(vars(module).items()):
            if attribute.startswith("__"):
                continue
            if isinstance(value, types.ModuleType):
                entry[attribute] = ["module", value.__name__]
                continue
            if isinstance(value, CALLABLE) and id(value) in names:
                entry[attribute] = ["function", names[id(value)]]
            elif attribute.lstrip("_") in sys.stdlib_module_names:
                entry[attribute] = ["own", ""]
            if isinstance(value, type):
                for member in dir(value):
                    if member.lstrip("_") in sys.stdlib_module_names and not member.startswith("__"):
                        result.setdefault(f"{path}.{attribute}", {})[member] = ["own", ""]
    return result


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    out, sys.stdout = sys.stdout, io.StringIO()
    found = offered(json.loads(sys.argv[1]), sys.argv[2:])
    json.dump(found, out)
