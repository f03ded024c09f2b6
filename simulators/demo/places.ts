/** A country with names, cities and dialling codes that belong together. */
export interface Place {
  country: string;
  code: string;
  region: 'EMEA' | 'US' | 'elsewhere';
  dial: string;
  language: string;
  cities: readonly string[];
  first: readonly string[];
  last: readonly string[];
}

type Row = [string, string, Place['region'], string, string, string, string, string];

const rows: Row[] = [
  [
    ...(['Germany', 'DE', 'EMEA', '+49', 'de', 'Berlin,Hamburg,München,Köln'] as const),
    'Anneliese,Jürgen,Käthe,Lukas,Miriam,Sören,Ute,Wolfgang',
    'Müller,Schäfer,Groß,Weiß,Vogel,Köhler,Brandt,von der Heide',
  ],
  [
    ...(['France', 'FR', 'EMEA', '+33', 'fr', 'Paris,Lyon,Nantes,Bordeaux'] as const),
    'Amélie,Benoît,Chloé,François,Hélène,Loïc,Margaux,Théo',
    "Lefèvre,Gauthier,d'Arcy,Béranger,Chevalier,Moreau,Noël,Rousseau",
  ],
  [
    ...(['United Kingdom', 'GB', 'EMEA', '+44', 'en', 'London,Leeds,Bristol,Glasgow'] as const),
    'Alice,Callum,Eleanor,George,Imogen,Rhys,Siobhan,Thomas',
    "Ashworth,Campbell,Fitzgerald,Hughes,MacLeod,O'Neill,Pemberton,Whitaker",
  ],
  [
    ...(['Sweden', 'SE', 'EMEA', '+46', 'sv', 'Stockholm,Göteborg,Malmö,Uppsala'] as const),
    'Åsa,Björn,Elin,Fredrik,Linnéa,Mårten,Saga,Östen',
    'Åkesson,Björklund,Holm,Lindqvist,Nyström,Sjöberg,Öberg,Wallin',
  ],
  [
    ...(['Spain', 'ES', 'EMEA', '+34', 'es', 'Madrid,Sevilla,Valencia,Bilbao'] as const),
    'Begoña,Carlos,Íñigo,José María,Lucía,Núria,Raúl,Teresa',
    'García López,Ibáñez,Muñoz,Núñez,Peña,Sánchez,Urrutia,Vázquez',
  ],
  [
    ...(['Italy', 'IT', 'EMEA', '+39', 'it', 'Milano,Torino,Bologna,Napoli'] as const),
    'Alessandra,Davide,Francesca,Giulia,Lorenzo,Matteo,Niccolò,Sofia',
    "Bianchi,Conti,D'Angelo,De Luca,Ferrari,Esposito,Marchetti,Ricci",
  ],
  [
    ...(['Denmark', 'DK', 'EMEA', '+45', 'da', 'København,Aarhus,Odense,Aalborg'] as const),
    'Anders,Bodil,Jørgen,Kåre,Maren,Rasmus,Signe,Søren',
    'Bæk,Christensen,Højgaard,Jørgensen,Kjær,Nørgaard,Sørensen,Østergaard',
  ],
  [
    ...(['Poland', 'PL', 'EMEA', '+48', 'pl', 'Warszawa,Kraków,Łódź,Gdańsk'] as const),
    'Agnieszka,Bartłomiej,Elżbieta,Grzegorz,Łukasz,Małgorzata,Paweł,Zofia',
    'Dąbrowski,Kamińska,Kowalczyk,Lewandowski,Szymański,Wiśniewska,Wójcik,Zając',
  ],
  [
    ...(['Türkiye', 'TR', 'EMEA', '+90', 'tr', 'İstanbul,Ankara,İzmir,Bursa'] as const),
    'Ayşe,Burak,Çiğdem,Emre,Gökçe,İrem,Ömer,Şule',
    'Aydın,Çelik,Demir,Güneş,Kılıç,Özdemir,Şahin,Yıldız',
  ],
  [
    ...(['Greece', 'GR', 'EMEA', '+30', 'el', 'Αθήνα,Θεσσαλονίκη,Πάτρα,Ηράκλειο'] as const),
    'Αθηνά,Γιώργος,Δήμητρα,Ελένη,Κώστας,Μαρία,Νίκος,Σοφία',
    'Αντωνίου,Γεωργίου,Δημητρίου,Καραγιάννης,Νικολάου,Παπαδόπουλος,Σταύρου,Χριστοδούλου',
  ],
  [
    ...(['Israel', 'IL', 'EMEA', '+972', 'he', 'תל אביב,חיפה,ירושלים,באר שבע'] as const),
    'אביגיל,דוד,יעל,מיכאל,נועה,עומר,רחל,תמר',
    'אברהם,ביטון,גולדברג,כהן,לוי,מזרחי,פרץ,שפירא',
  ],
  [
    ...(['United Arab Emirates', 'AE', 'EMEA', '+971', 'ar', 'دبي,أبو ظبي,الشارقة,العين'] as const),
    'أحمد,خالد,سارة,عائشة,فاطمة,ليلى,محمد,يوسف',
    'الحسن,العلي,الفارسي,المنصوري,النعيمي,الهاشمي,بن راشد,حداد',
  ],
  [
    ...(['South Africa', 'ZA', 'EMEA', '+27', 'en', 'Cape Town,Durban,Johannesburg,Pretoria'] as const),
    'Anika,Bongani,Chantelle,Johan,Lerato,Nomvula,Sipho,Thandiwe',
    'Botha,Dlamini,Khumalo,Mokoena,Naidoo,Ndlovu,Pretorius,van der Merwe',
  ],
  [
    ...(['United States', 'US', 'US', '+1', 'en', 'Austin,Boston,Denver,Seattle'] as const),
    'Ashley,Brandon,Danielle,Ethan,Latoya,Mary Ann,Robert,Tyler',
    "Anderson,Brooks,Hernandez,Johnson,O'Connor,Smith-Jones,St. James,Washington",
  ],
  [
    ...(['Japan', 'JP', 'elsewhere', '+81', 'ja', '東京,大阪,名古屋,札幌'] as const),
    '太郎,花子,健一,美咲,翔太,陽菜,直樹,由美子',
    '佐藤,鈴木,高橋,田中,渡辺,伊藤,山本,中村',
  ],
  [
    ...(['China', 'CN', 'elsewhere', '+86', 'zh-cn', '北京,上海,深圳,成都'] as const),
    '伟,芳,娜,秀英,敏,静,强,磊',
    '王,李,张,刘,陈,杨,赵,欧阳',
  ],
  [
    ...(['South Korea', 'KR', 'elsewhere', '+82', 'ko', '서울,부산,인천,대구'] as const),
    '민준,서연,도윤,지우,하은,준호,수빈,예진',
    '김,이,박,최,정,강,조,윤',
  ],
  [
    ...(['India', 'IN', 'elsewhere', '+91', 'en', 'Bengaluru,Mumbai,Pune,Chennai'] as const),
    'Aarav,Deepika,Ishaan,Kavya,Lakshmi,Priya,Rohan,Vikram',
    'Banerjee,Chatterjee,Gupta,Iyer,Krishnamurthy,Patel,Reddy,Singh',
  ],
  [
    ...(['Brazil', 'BR', 'elsewhere', '+55', 'pt-br', 'São Paulo,Recife,Curitiba,Brasília'] as const),
    'Antônio,Beatriz,Conceição,Fábio,João,Letícia,Mônica,Thiago',
    'Araújo,Conceição,da Silva,dos Santos,Gonçalves,Magalhães,Pereira,Simões',
  ],
  [
    ...(['Mexico', 'MX', 'elsewhere', '+52', 'es', 'Monterrey,Guadalajara,Puebla,Mérida'] as const),
    'Adrián,Citlali,Guadalupe,Héctor,Itzel,Joaquín,Ximena,Yolanda',
    'Álvarez,Domínguez,Gutiérrez,Hernández,Martínez,Ordóñez,Quiñones,Zúñiga',
  ],
  [
    ...(['Ukraine', 'UA', 'elsewhere', '+380', 'uk', 'Київ,Львів,Одеса,Харків'] as const),
    'Андрій,Богдан,Ганна,Ірина,Катерина,Олексій,Оксана,Юрій',
    'Бондаренко,Гриценко,Іваненко,Коваленко,Лисенко,Мельник,Шевченко,Ющенко',
  ],
  [
    ...(['Thailand', 'TH', 'elsewhere', '+66', 'th', 'กรุงเทพ,เชียงใหม่,ภูเก็ต,ขอนแก่น'] as const),
    'กมล,จันทร์,ชัย,นภา,ปรีชา,พิมพ์,สมชาย,อรุณ',
    'แก้วมณี,จันทร์เพ็ญ,ทองดี,บุญมี,ศรีสุข,สุขใจ,แสงทอง,อินทร์',
  ],
  [
    ...(['Vietnam', 'VN', 'elsewhere', '+84', 'vi', 'Hà Nội,Đà Nẵng,Huế,Cần Thơ'] as const),
    'Anh,Đức,Hạnh,Khánh,Linh,Ngọc,Quỳnh,Thảo',
    'Bùi,Đặng,Đỗ,Lê,Nguyễn,Phạm,Trần,Vũ',
  ],
  [
    ...(['Australia', 'AU', 'elsewhere', '+61', 'en', 'Melbourne,Sydney,Perth,Brisbane'] as const),
    'Bronte,Declan,Ella,Hamish,Kylie,Lachlan,Matilda,Zac',
    "Barrett,Dunstan,Fraser,Kelly,McAllister,O'Shea,Thornton,Wright",
  ],
];

export const places: readonly Place[] = rows.map((row) => {
  const [country, code, region, dial, language, cities, first, last] = row;
  return {
    ...{ country, code, region, dial, language },
    cities: cities.split(','),
    first: first.split(','),
    last: last.split(','),
  };
});

export const salesRegionPlaces = places.filter((place) => place.region !== 'elsewhere');
export const otherPlaces = places.filter((place) => place.region === 'elsewhere');
/** The countries that the segment "Sales-ready contacts, EMEA and US" names. */
export const salesRegionCountries = salesRegionPlaces.map((place) => place.country);
