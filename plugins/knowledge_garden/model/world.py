"""The regions and countries of the world, as the United Nations group them (M49): levels that a dimension can start from."""

from __future__ import annotations

from collections.abc import Iterator

_REGIONS = {
    "Africa": {
        "Northern Africa": "Algeria|Egypt|Libya|Morocco|Sudan|Tunisia|Western Sahara",
        "Eastern Africa": "Burundi|Comoros|Djibouti|Eritrea|Ethiopia|Kenya|Madagascar|Malawi|Mauritius|Mayotte|Mozambique|Réunion"
        "|Rwanda|Seychelles|Somalia|South Sudan|Tanzania=United Republic of Tanzania|Uganda|Zambia|Zimbabwe",
        "Middle Africa": "Angola|Cameroon|Central African Republic|Chad|Congo=Republic of the Congo"
        "|Democratic Republic of the Congo=DRC=DR Congo|Equatorial Guinea|Gabon|São Tomé and Príncipe=Sao Tome and Principe",
        "Southern Africa": "Botswana|Eswatini=Swaziland|Lesotho|Namibia|South Africa",
        "Western Africa": "Benin|Burkina Faso|Cape Verde=Cabo Verde|Côte d’Ivoire=Ivory Coast=Côte d'Ivoire|Gambia=The Gambia|Ghana"
        "|Guinea|Guinea-Bissau|Liberia|Mali|Mauritania|Niger|Nigeria|Saint Helena|Senegal|Sierra Leone|Togo",
    },
    "Americas": {
        "Northern America": "Bermuda|Canada|Greenland|Saint Pierre and Miquelon"
        "|United States=USA=US=United States of America=U.S.=America",
        "Central America": "Belize|Costa Rica|El Salvador|Guatemala|Honduras|Mexico|Nicaragua|Panama",
        "Caribbean": "Anguilla|Antigua and Barbuda|Aruba|Bahamas=The Bahamas|Barbados|British Virgin Islands|Caribbean Netherlands"
        "|Cayman Islands|Cuba|Curaçao|Dominica|Dominican Republic|Grenada|Guadeloupe|Haiti|Jamaica|Martinique|Montserrat"
        "|Puerto Rico|Saint Barthélemy|Saint Kitts and Nevis|Saint Lucia|Saint Martin|Saint Vincent and the Grenadines"
        "|Sint Maarten|Trinidad and Tobago|Turks and Caicos Islands|U.S. Virgin Islands",
        "South America": "Argentina|Bolivia|Brazil|Chile|Colombia|Ecuador|Falkland Islands|French Guiana|Guyana|Paraguay|Peru"
        "|Suriname|Uruguay|Venezuela",
    },
    "Asia": {
        "Central Asia": "Kazakhstan|Kyrgyzstan|Tajikistan|Turkmenistan|Uzbekistan",
        "Eastern Asia": "China=People's Republic of China|Hong Kong|Japan|Macao=Macau|Mongolia|North Korea"
        "|South Korea=Republic of Korea=Korea|Taiwan",
        "South-eastern Asia": "Brunei|Cambodia|Indonesia|Laos|Malaysia|Myanmar=Burma|Philippines|Singapore|Thailand"
        "|Timor-Leste=East Timor|Vietnam=Viet Nam",
        "Southern Asia": "Afghanistan|Bangladesh|Bhutan|India|Iran|Maldives|Nepal|Pakistan|Sri Lanka",
        "Western Asia": "Armenia|Azerbaijan|Bahrain|Cyprus|Georgia|Iraq|Israel|Jordan|Kuwait|Lebanon|Oman"
        "|Palestine=Palestinian Territories|Qatar|Saudi Arabia|Syria|Türkiye=Turkey|United Arab Emirates=UAE|Yemen",
    },
    "Europe": {
        "Eastern Europe": "Belarus|Bulgaria|Czechia=Czech Republic|Hungary|Moldova|Poland|Romania|Russia=Russian Federation|Slovakia"
        "|Ukraine",
        "Northern Europe": "Åland Islands|Denmark|Estonia|Faroe Islands|Finland|Guernsey|Iceland|Ireland|Isle of Man|Jersey|Latvia"
        "|Lithuania|Norway|Svalbard and Jan Mayen|Sweden|United Kingdom=UK=Great Britain=Britain=U.K.",
        "Southern Europe": "Albania|Andorra|Bosnia and Herzegovina|Croatia|Gibraltar|Greece|Italy|Kosovo|Malta|Montenegro"
        "|North Macedonia=Macedonia|Portugal|San Marino|Serbia|Slovenia|Spain|Vatican City=Holy See",
        "Western Europe": "Austria|Belgium|France|Germany|Liechtenstein|Luxembourg|Monaco|Netherlands=The Netherlands=Holland"
        "|Switzerland",
    },
    "Oceania": {
        "Australia and New Zealand": "Australia|Christmas Island|Cocos Islands=Cocos (Keeling) Islands|New Zealand|Norfolk Island",
        "Melanesia": "Fiji|New Caledonia|Papua New Guinea|Solomon Islands|Vanuatu",
        "Micronesia": "Guam|Kiribati|Marshall Islands|Federated States of Micronesia|Nauru|Northern Mariana Islands|Palau",
        "Polynesia": "American Samoa|Cook Islands|French Polynesia|Niue|Pitcairn Islands|Samoa|Tokelau|Tonga|Tuvalu"
        "|Wallis and Futuna",
    },
    "Antarctica": {},
    "worldwide": {},
}
"""Region → its parts → their countries with other names, each after "=". "worldwide" is a region too."""
_ALSO = {"worldwide": ("World", "global", "international", "everywhere")}


def world() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(name, name of what it is a part of or "", other names) of every region and country, regions before their parts."""
    for region, parts in _REGIONS.items():
        yield region, "", _ALSO.get(region, ())
        for part, countries in parts.items():
            yield part, region, ()
            for written in countries.split("|"):
                country, *others = written.split("=")
                yield country, part, tuple(others)
