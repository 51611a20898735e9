"""The legend of structure charts: a sign and a colour for each word, which every format shows with the word."""

from restructure_cli.model.report import Legend

SIGNS = {
    Legend.UNCHANGED: "=",
    Legend.CHANGED: "+",
    Legend.TRANSFERRED: ">",
    Legend.IN_DEVELOPMENT: "~",
    Legend.DELETED: "x",
}

COLOURS = {
    Legend.UNCHANGED: "#4a4f55",
    Legend.CHANGED: "#0b5d1e",
    Legend.TRANSFERRED: "#123f8c",
    Legend.IN_DEVELOPMENT: "#7a4a00",
    Legend.DELETED: "#9b1c1c",
}
"""All of them dark enough on white to be read."""

IN_A_TERMINAL = {
    Legend.UNCHANGED: "",
    Legend.CHANGED: "green",
    Legend.TRANSFERRED: "blue",
    Legend.IN_DEVELOPMENT: "yellow",
    Legend.DELETED: "red",
}
