"""Places named on the map: our own short gazetteer, written by hand in degrees (longitude, latitude)."""

from __future__ import annotations

Point = tuple[float, float]

REGION: dict[str, str] = {
    "albania": "Albania",
    "bosnia": "Bosnia and Herz.",
    "bulgaria": "Bulgaria",
    "croatia": "Croatia",
    "greece": "Greece",
    "hungary": "Hungary",
    "kosovo": "Kosovo",
    "montenegro": "Montenegro",
    "north_macedonia": "Macedonia",
    "romania": "Romania",
    "serbia": "Serbia",
    "slovenia": "Slovenia",
    "turkey": "Turkey",
}
"""Country ids of the game and the names under which the atlas keeps them."""

NAMES: dict[str, str] = {
    "bosnia": "Bosnia and Herzegovina",
    "north_macedonia": "North Macedonia",
    "united_kingdom": "United Kingdom",
}
"""Names shown where they differ from the atlas."""

MERGED: dict[str, str] = {
    "N. Cyprus": "cyprus",
    "Cyprus U.N. Buffer Zone": "cyprus",
    "Dhekelia": "cyprus",
    "Akrotiri": "cyprus",
}
"""Parts the atlas keeps apart and this map draws as one island."""

LEFT_OUT: tuple[str, ...] = ("San Marino", "Vatican", "Monaco", "Andorra", "Liechtenstein", "Gibraltar")
"""States too small to draw at any zoom of the game."""

CRIMEA: Point = (34.2, 45.2)
"""A point on the ring that the atlas files under Russia and this map draws as Ukraine."""

ANCHORS: dict[str, tuple[Point, str]] = {
    "albania": ((20.05, 41.02), "M"),
    "bosnia": ((17.85, 44.12), "M"),
    "bulgaria": ((25.15, 42.72), "L"),
    "croatia": ((16.55, 45.50), "M"),
    "greece": ((21.95, 39.55), "L"),
    "hungary": ((20.0, 46.88), "L"),
    "kosovo": ((20.78, 42.52), "S"),
    "montenegro": ((19.22, 42.84), "S"),
    "north_macedonia": ((21.70, 41.52), "S"),
    "romania": ((24.75, 45.95), "L"),
    "serbia": ((20.75, 44.02), "L"),
    "slovenia": ((14.72, 46.08), "S"),
    "turkey": ((32.6, 39.0), "L"),
    "italy": ((12.9, 42.75), "L"),
    "austria": ((14.3, 47.45), "L"),
    "germany": ((10.6, 50.6), "L"),
    "ukraine": ((31.2, 49.1), "L"),
    "moldova": ((28.65, 47.15), "S"),
    "slovakia": ((19.5, 48.75), "M"),
    "cyprus": ((33.15, 35.05), "S"),
    "russia": ((40.8, 49.6), "L"),
    "czechia": ((15.3, 49.75), "M"),
    "poland": ((20.0, 51.8), "L"),
    "switzerland": ((8.2, 46.8), "M"),
    "france": ((3.0, 46.6), "L"),
    "syria": ((38.4, 35.0), "M"),
    "georgia": ((43.4, 42.1), "M"),
    "tunisia": ((9.5, 34.6), "M"),
    "belarus": ((28.2, 53.3), "L"),
}
"""Good visual centres for country names, with the size class of the lettering."""

CAPITALS: dict[str, tuple[str, Point]] = {
    "albania": ("Tirana", (19.82, 41.33)),
    "bosnia": ("Sarajevo", (18.41, 43.86)),
    "bulgaria": ("Sofia", (23.32, 42.70)),
    "croatia": ("Zagreb", (15.98, 45.81)),
    "greece": ("Athens", (23.73, 37.98)),
    "hungary": ("Budapest", (19.04, 47.50)),
    "kosovo": ("Pristina", (21.165, 42.665)),
    "montenegro": ("Podgorica", (19.26, 42.44)),
    "north_macedonia": ("Skopje", (21.43, 42.00)),
    "romania": ("Bucharest", (26.10, 44.43)),
    "serbia": ("Belgrade", (20.46, 44.80)),
    "slovenia": ("Ljubljana", (14.51, 46.05)),
    "turkey": ("Ankara", (32.86, 39.93)),
    "italy": ("Rome", (12.48, 41.89)),
    "austria": ("Vienna", (16.37, 48.21)),
    "slovakia": ("Bratislava", (17.11, 48.14)),
    "ukraine": ("Kyiv", (30.52, 50.45)),
    "moldova": ("Chișinău", (28.86, 47.01)),
    "cyprus": ("Nicosia", (33.37, 35.17)),
}

TOWNS: dict[str, tuple[str, Point, int]] = {
    "thessaloniki": ("Thessaloniki", (22.94, 40.64), 1),
    "istanbul": ("Istanbul", (28.96, 41.01), 1),
    "izmir": ("İzmir", (27.14, 38.42), 1),
    "constanta": ("Constanța", (28.65, 44.17), 1),
    "varna": ("Varna", (27.91, 43.21), 2),
    "plovdiv": ("Plovdiv", (24.75, 42.15), 2),
    "timisoara": ("Timișoara", (21.23, 45.75), 2),
    "cluj": ("Cluj-Napoca", (23.59, 46.77), 2),
    "nis": ("Niš", (21.90, 43.32), 2),
    "novi_sad": ("Novi Sad", (19.84, 45.25), 2),
    "split": ("Split", (16.44, 43.51), 2),
    "rijeka": ("Rijeka", (14.44, 45.33), 2),
    "osijek": ("Osijek", (18.69, 45.55), 3),
    "dubrovnik": ("Dubrovnik", (18.09, 42.65), 3),
    "mostar": ("Mostar", (17.81, 43.34), 2),
    "tuzla": ("Tuzla", (18.67, 44.54), 2),
    "banja_luka": ("Banja Luka", (17.19, 44.77), 2),
    "brcko": ("Brčko", (18.81, 44.87), 3),
    "srebrenica": ("Srebrenica", (19.30, 44.10), 3),
    "novi_pazar": ("Novi Pazar", (20.51, 43.14), 3),
    "mitrovica": ("Mitrovica", (20.866, 42.885), 3),
    "prizren": ("Prizren", (20.74, 42.21), 3),
    "podujeve": ("Podujevë", (21.19, 42.91), 3),
    "gjilan": ("Gjilan", (21.47, 42.46), 3),
    "bujanovac": ("Bujanovac", (21.77, 42.46), 3),
    "kragujevac": ("Kragujevac", (20.91, 44.01), 3),
    "bar": ("Bar", (19.10, 42.10), 3),
    "tivat": ("Tivat", (18.70, 42.43), 3),
    "shkoder": ("Shkodër", (19.51, 42.07), 3),
    "durres": ("Durrës", (19.45, 41.32), 2),
    "vlore": ("Vlorë", (19.49, 40.47), 2),
    "tetovo": ("Tetovo", (20.97, 42.01), 3),
    "ohrid": ("Ohrid", (20.80, 41.115), 3),
    "bitola": ("Bitola", (21.33, 41.03), 2),
    "kumanovo": ("Kumanovo", (21.71, 42.13), 3),
    "ioannina": ("Ioannina", (20.85, 39.67), 2),
    "naples": ("Naples", (14.27, 40.85), 2),
    "bari": ("Bari", (16.87, 41.12), 2),
    "trieste": ("Trieste", (13.77, 45.65), 2),
    "venice": ("Venice", (12.33, 45.44), 2),
    "odesa": ("Odesa", (30.72, 46.48), 2),
    "sevastopol": ("Sevastopol", (33.52, 44.60), 2),
}
"""Towns: name, place and rank (1 shows at every zoom, 3 only close up)."""

SEAS: dict[str, tuple[str, Point, str]] = {
    "adriatic_sea": ("Adriatic Sea", (16.2, 42.85), "L"),
    "ionian_sea": ("Ionian Sea", (18.7, 38.6), "L"),
    "aegean_sea": ("Aegean Sea", (25.1, 39.05), "M"),
    "black_sea": ("Black Sea", (32.0, 43.4), "L"),
    "sea_of_marmara": ("Sea of Marmara", (28.15, 40.68), "S"),
    "tyrrhenian_sea": ("Tyrrhenian Sea", (12.3, 39.9), "L"),
    "mediterranean_sea": ("Mediterranean Sea", (21.6, 34.9), "L"),
    "sea_of_azov": ("Sea of Azov", (36.6, 46.05), "S"),
}

HOTSPOTS: dict[str, Point] = {
    "north_kosovo": (20.85, 42.93),
    "banja_luka": (17.19, 44.77),
    "presevo": (21.65, 42.33),
    "tetovo": (20.97, 42.00),
    "sandzak": (20.45, 43.17),
    "brcko": (18.80, 44.86),
    "mostar": (17.81, 43.34),
    "vukovar": (18.95, 45.35),
    "vlora": (19.55, 40.50),
    "kumanovo": (21.71, 42.13),
}

MISSIONS: dict[str, tuple[str, Point]] = {
    "kfor": ("kosovo", (21.165, 42.665)),
    "eufor_althea": ("bosnia", (18.31, 43.80)),
    "nato_hq_sarajevo": ("bosnia", (18.41, 43.86)),
    "nato_hq_skopje": ("north_macedonia", (21.43, 42.00)),
    "mlo_belgrade": ("serbia", (20.46, 44.80)),
    "unmik": ("kosovo", (21.22, 42.70)),
    "eulex": ("kosovo", (21.12, 42.62)),
    "bondsteel": ("kosovo", (21.25, 42.36)),
    "kogalniceanu": ("romania", (28.49, 44.36)),
    "kucove": ("albania", (19.90, 40.77)),
    "ifor": ("bosnia", (18.30, 43.83)),
    "sfor": ("bosnia", (18.34, 43.82)),
    "untaes": ("croatia", (18.85, 45.30)),
    "operation_alba": ("albania", (19.80, 41.25)),
    "essential_harvest": ("north_macedonia", (21.55, 41.93)),
    "amber_fox": ("north_macedonia", (21.25, 41.90)),
}
"""Missions and bases: host country and place. Those sharing a compound stand slightly apart."""

LAKES: dict[str, tuple[str, list[Point]]] = {
    "skadar": (
        "Lake Skadar",
        [
            (19.05, 42.33),
            (19.12, 42.36),
            (19.22, 42.31),
            (19.30, 42.32),
            (19.36, 42.26),
            (19.42, 42.22),
            (19.46, 42.12),
            (19.49, 42.06),
            (19.42, 42.05),
            (19.35, 42.08),
            (19.27, 42.15),
            (19.18, 42.21),
            (19.10, 42.26),
        ],
    ),
    "ohrid": (
        "Lake Ohrid",
        [
            (20.66, 41.15),
            (20.72, 41.18),
            (20.78, 41.11),
            (20.81, 41.06),
            (20.80, 40.97),
            (20.77, 40.90),
            (20.71, 40.90),
            (20.65, 40.93),
            (20.63, 41.00),
            (20.64, 41.08),
        ],
    ),
    "prespa": (
        "Lake Prespa",
        [
            (20.93, 40.93),
            (20.99, 40.98),
            (21.07, 40.97),
            (21.11, 40.90),
            (21.09, 40.83),
            (21.02, 40.81),
            (21.00, 40.74),
            (20.94, 40.77),
            (20.96, 40.83),
            (20.91, 40.87),
        ],
    ),
    "balaton": (
        "Lake Balaton",
        [
            (17.25, 46.70),
            (17.32, 46.77),
            (17.45, 46.80),
            (17.60, 46.87),
            (17.75, 46.92),
            (17.90, 46.98),
            (18.02, 47.05),
            (18.16, 47.03),
            (18.13, 46.95),
            (18.00, 46.90),
            (17.85, 46.87),
            (17.70, 46.80),
            (17.55, 46.75),
            (17.40, 46.69),
            (17.28, 46.67),
        ],
    ),
}
"""Lakes are missing from the atlas; these outlines are approximations of our own."""
