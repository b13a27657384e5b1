"""What lies at which level: a lie puts a country for a country, never a country for a town in it."""

from __future__ import annotations

COUNTRIES = frozenset(
    name.strip()
    for name in """
    Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahrain, Bangladesh,
    Belarus, Belgium, Bolivia, Bosnia, Botswana, Brazil, Bulgaria, Burundi, Cambodia, Cameroon, Canada, Chad, Chile,
    China, Colombia, Croatia, Cuba, Cyprus, Denmark, Ecuador, Egypt, Eritrea, Estonia, Ethiopia, Finland, France,
    Germany, Ghana, Greece, Guatemala, Guinea, Haiti, Honduras, Hungary, Iceland, India, Indonesia, Iran,
    Iraq, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Latvia, Lebanon, Liberia,
    Libya, Lithuania, Luxembourg, Malaysia, Mali, Malta, Mexico, Moldova, Mongolia, Morocco, Mozambique, Myanmar,
    Namibia, Nepal, Nicaragua, Niger, Nigeria, Norway, Oman, Pakistan, Panama, Paraguay, Peru, Poland, Portugal, Qatar,
    Romania, Russia, Rwanda, Senegal, Serbia, Singapore, Slovakia, Slovenia, Somalia, Spain, Sudan, Sweden,
    Switzerland, Syria, Taiwan, Tanzania, Thailand, Tunisia, Turkey, Uganda, Ukraine, Uruguay, Uzbekistan, Venezuela,
    Vietnam, Yemen, Zambia, Zimbabwe, North Korea, South Korea, South Africa, New Zealand, Saudi Arabia, Sri Lanka,
    Sierra Leone, El Salvador, Costa Rica, Burkina Faso
    """.replace("\n", " ").split(",")
)

PROVINCES = frozenset(
    name.strip()
    for name in """
    Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho, Illinois,
    Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi,
    Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North Carolina, North Dakota,
    Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont,
    Virginia, West Virginia, Wisconsin, Wyoming, Ontario, Quebec, Alberta, Manitoba, British Columbia, Queensland,
    Victoria, Tasmania, New South Wales, Aceh, Bavaria, Catalonia, Sicily, Punjab, Kerala, Kashmir,
    Badakhshan, Badghis, Baghlan, Balkh, Bamyan, Daykundi, Farah, Faryab, Ghazni, Ghor, Helmand, Herat, Jowzjan,
    Kandahar, Kapisa, Khost, Kunar, Kunduz, Laghman, Logar, Nangarhar, Nimroz, Nuristan, Paktika, Paktiya, Paktia,
    Panjshir, Parwan, Samangan, Takhar, Uruzgan, Wardak, Zabul
    """.replace("\n", " ").split(",")
)

REGIONS = frozenset(
    name.strip()
    for name in """
    Europe, Asia, Africa, America, North America, South America, Latin America, Middle East, Britain, England,
    Scotland, Wales, Northern Ireland, United Kingdom, United States, Great Britain, Soviet Union, European Union,
    Eastern Europe, Western Europe, Central America, Southeast Asia, South East Asia, East Asia, West Africa, Earth,
    Heaven, Hell, Christ, Jesus, Allah, Coalition, Afghan, Western, Eastern, Northern, Southern, Congress, Parliament,
    Senate, Islam, Brexit, Manhattan, Brooklyn, Queens,
    Bronx, Staten Island, New York City, Harlem,
    Chinese, French, German, Russian, Dari, Pashto, Persian, Turkish
    """.replace("\n", " ").split(",")
)
