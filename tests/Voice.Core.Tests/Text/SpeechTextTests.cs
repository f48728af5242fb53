using Voice.Core.Text;

namespace Voice.Core.Tests.Text;

public sealed class SpeechTextTests
{
    [Theory]
    [InlineData("**We** are _open_ `today`.", "We are open today.")]
    [InlineData("# Hours\n- Monday\n- Tuesday", "Hours Monday Tuesday")]
    [InlineData("See [our page](https://example.com/hours?x=1).", "See our page.")]
    [InlineData("Press <b>start</b> now", "Press start now")]
    [InlineData("| Day | Hours |\n|---|---|\n| Monday | nine |", "Day, Hours Monday, nine")]
    [InlineData("Great 😀👍🏽!", "Great!")]
    [InlineData("```python", "")]
    [InlineData("***", "")]
    [InlineData("", "")]
    [InlineData("Nothing to do here.", "Nothing to do here.")]
    public void What_is_for_the_eye_is_left_out(string written, string spoken) => Assert.Equal(spoken, SpeechText.Clean(written, "en"));

    [Theory]
    [InlineData("0", "zero")]
    [InlineData("Take 21 tablets", "Take twenty one tablets")]
    [InlineData("It costs 1,250 in all.", "It costs one thousand two hundred fifty in all.")]
    [InlineData("About 2,000,000 people", "About two million people")]
    [InlineData("It is -5 outside", "It is minus five outside")]
    [InlineData("Pi is 3.14", "Pi is three point one four")]
    [InlineData("the 1st, 2nd, 3rd, 12th and 21st", "the first, second, third, twelfth and twenty first")]
    [InlineData("June 5th, 2026", "June fifth, twenty twenty six")]
    [InlineData("on June 5", "on June fifth")]
    [InlineData("on 5 June 2005", "on June fifth, two thousand five")]
    [InlineData("2026-06-05", "June fifth, twenty twenty six")]
    [InlineData("due 6/5/2026.", "due June fifth, twenty twenty six.")]
    [InlineData("13/5/2026", "May thirteenth, twenty twenty six")]
    [InlineData("in the 1990s", "in the nineteen nineties")]
    [InlineData("since 1905", "since nineteen oh five")]
    [InlineData("at 14:30", "at two thirty P M")]
    [InlineData("at 9:05", "at nine oh five")]
    [InlineData("at 9:00", "at nine o'clock")]
    [InlineData("at 9am", "at nine A M")]
    [InlineData("at 9 a.m.", "at nine A M")]
    [InlineData("from 9:30 pm on", "from nine thirty P M on")]
    [InlineData("open 9-5", "open nine to five")]
    [InlineData("open 9am-5pm", "open nine A M to five P M")]
    [InlineData("open 9:00–17:30", "open nine o'clock to five thirty P M")]
    [InlineData("It is $12.50.", "It is twelve dollars and fifty cents.")]
    [InlineData("$1", "one dollar")]
    [InlineData("$1.5 million", "one point five million dollars")]
    [InlineData("$3k", "three thousand dollars")]
    [InlineData("€1,200", "one thousand two hundred euros")]
    [InlineData("£2.01", "two pounds and one penny")]
    [InlineData("₩10,000", "ten thousand won")]
    [InlineData("20 EUR", "twenty euros")]
    [InlineData("It is $20.50 & 5% off", "It is twenty dollars and fifty cents and five percent off")]
    [InlineData("5.5%", "five point five percent")]
    [InlineData("10-20%", "ten to twenty percent")]
    [InlineData("Call 555-0142", "Call five five five, zero one four two")]
    [InlineData("Call (555) 123-4567 now", "Call five five five, one two three, four five six seven now")]
    [InlineData("+1 555 123 4567", "plus one, five five five, one two three, four five six seven")]
    [InlineData("code 004512", "code zero zero four five one two")]
    [InlineData("500 mg twice", "five hundred milligrams twice")]
    [InlineData("1 kg", "one kilogram")]
    [InlineData("2.5ml", "two point five milliliters")]
    [InlineData("60 km/h", "sixty kilometers per hour")]
    [InlineData("38.5 °C", "thirty eight point five degrees Celsius")]
    [InlineData("-3°C", "minus three degrees Celsius")]
    [InlineData("98°", "ninety eight degrees")]
    [InlineData("5-10 mg", "five to ten milligrams")]
    [InlineData("blood pressure 120/80", "blood pressure one hundred twenty over eighty")]
    [InlineData("2026 at the latest", "twenty twenty six at the latest")]
    [InlineData("2026 patients", "two thousand twenty six patients")]
    [InlineData("on 6/5", "on June fifth")]
    [InlineData("max 8/day and/or 2/week", "max eight per day and or two per week")]
    [InlineData("ISBN 978-3-16-148410-0", "ISBN nine seven eight, three, one six, one four eight four one zero, zero")]
    [InlineData("1/2 cup, ½ cup, 3/4 cup", "one half cup, one half cup, three quarters cup")]
    [InlineData("We are here 24/7", "We are here twenty four seven")]
    [InlineData("version 3.2.1", "version three dot two dot one")]
    [InlineData("#1", "number one")]
    [InlineData("3x a day", "three times a day")]
    [InlineData("2 * 3 = 6 | done", "two times three equals six, done")]
    [InlineData("room B12, COVID-19", "room B twelve, COVID-nineteen")]
    [InlineData("Dr. Lee, e.g. at 9 a.m.", "Doctor Lee, for example at nine A M")]
    [InlineData("12 Maple St. and Third Ave.", "twelve Maple Street and Third Avenue")]
    [InlineData("an MRI in the UK by NASA", "an M R I in the U K by NASA")]
    [InlineData("Write to jo.doe@example.com.", "Write to jo dot doe at example dot com.")]
    [InlineData("Look at https://www.example.com/a/b for it", "Look at example dot com for it")]
    [InlineData("at example.com/hours.", "at example dot com slash hours.")]
    [InlineData("https://example.org?x=1", "example dot org")]
    public void English_is_read_as_it_is_said(string written, string spoken) => Assert.Equal(spoken, SpeechText.Clean(written, "en"));

    [Theory]
    [InlineData("6/5/2026", "en-GB", "May sixth, twenty twenty six")]
    [InlineData("12,50 €", "es-MX", "doce euros con cincuenta céntimos")]
    [InlineData("$1,250.50", "es-MX", "mil doscientos cincuenta dólares con cincuenta centavos")]
    [InlineData("1/5/2026", "es-MX", "primero de mayo de dos mil veintiséis")]
    [InlineData("3.5", "es-MX", "tres punto cinco")]
    public void A_region_decides_what_a_language_leaves_open(string written, string language, string spoken) => Assert.Equal(spoken, SpeechText.Clean(written, language));

    [Theory]
    [InlineData("Tome 21 pastillas", "Tome veintiuna pastillas")]
    [InlineData("hace 21 días", "hace veintiún días")]
    [InlineData("1 persona", "una persona")]
    [InlineData("200 horas", "doscientas horas")]
    [InlineData("el número 1", "el número uno")]
    [InlineData("Cuesta 1.250 en total", "Cuesta mil doscientos cincuenta en total")]
    [InlineData("2.000.000 de personas", "dos millones de personas")]
    [InlineData("100 y 101", "cien y ciento uno")]
    [InlineData("3,5", "tres coma cinco")]
    [InlineData("3,05", "tres coma cero cinco")]
    [InlineData("Son 20 € y 5%", "Son veinte euros y cinco por ciento")]
    [InlineData("12,50 €", "doce euros con cincuenta céntimos")]
    [InlineData("1 €", "un euro")]
    [InlineData("21 €", "veintiún euros")]
    [InlineData("$12.50", "doce dólares con cincuenta centavos")]
    [InlineData("1.000.000 €", "un millón de euros")]
    [InlineData("£200", "doscientas libras")]
    [InlineData("el 5 de junio de 2026", "el cinco de junio de dos mil veintiséis")]
    [InlineData("el 6/5/2026", "el seis de mayo de dos mil veintiséis")]
    [InlineData("2026-06-01", "uno de junio de dos mil veintiséis")]
    [InlineData("a las 14:30", "a las catorce y treinta")]
    [InlineData("a las 9:15", "a las nueve y cuarto")]
    [InlineData("a las 9:00", "a las nueve en punto")]
    [InlineData("a las 9 a. m.", "a las nueve de la mañana")]
    [InlineData("a las 9:30 p.m.", "a las nueve y media de la noche")]
    [InlineData("de 9-14 h", "de nueve a catorce horas")]
    [InlineData("500 mg cada 8 h", "quinientos miligramos cada ocho horas")]
    [InlineData("38,5 °C", "treinta y ocho coma cinco grados")]
    [InlineData("-5 °C", "menos cinco grados")]
    [InlineData("120/80", "ciento veinte sobre ochenta")]
    [InlineData("el 12/10 a las 9:45", "el doce de octubre a las nueve y cuarenta y cinco")]
    [InlineData("el 1.º y la 2ª", "el primero y la segunda")]
    [InlineData("el 1er piso", "el primer piso")]
    [InlineData("912 345 678", "nueve uno dos, tres cuatro cinco, seis siete ocho")]
    [InlineData("El Dr. Gil y la Sra. Paz", "El doctor Gil y la señora Paz")]
    [InlineData("Avda. Goya, p. ej.", "avenida Goya, por ejemplo")]
    [InlineData("en EE. UU. vive", "en Estados Unidos vive")]
    [InlineData("ana@ejemplo.es", "ana arroba ejemplo punto es")]
    public void Spanish_is_read_as_it_is_said(string written, string spoken) => Assert.Equal(spoken, SpeechText.Clean(written, "es"));

    [Theory]
    [InlineData("3시 30분", "세 시 삼십 분")]
    [InlineData("14:30에 오세요", "오후 두 시 삼십 분에 오세요")]
    [InlineData("9am", "오전 아홉 시")]
    [InlineData("9시-5시", "아홉 시에서 다섯 시")]
    [InlineData("9-5시", "아홉 시에서 다섯 시")]
    [InlineData("사과 3개와 5명", "사과 세 개와 다섯 명")]
    [InlineData("20명, 21명, 101명", "스무 명, 스물한 명, 백한 명")]
    [InlineData("2시간 15분", "두 시간 십오 분")]
    [InlineData("3개월", "삼 개월")]
    [InlineData("하루 3번", "하루 세 번")]
    [InlineData("2번째", "두 번째")]
    [InlineData("1번째 줄", "첫 번째 줄")]
    [InlineData("10,000원", "만 원")]
    [InlineData("₩10,000", "만 원")]
    [InlineData("12,345원", "만 이천삼백사십오 원")]
    [InlineData("100,000,000원", "일억 원")]
    [InlineData("$12.50", "십이 달러 오십 센트")]
    [InlineData("5% 할인", "오 퍼센트 할인")]
    [InlineData("2026년 6월 5일", "이천이십육 년 유월 오 일")]
    [InlineData("2026-10-05", "이천이십육년 시월 오일")]
    [InlineData("010-1234-5678", "공일공, 일이삼사, 오육칠팔")]
    [InlineData("500mg", "오백 밀리그램")]
    [InlineData("38.5°C", "섭씨 삼십팔 점 오 도")]
    [InlineData("-5°C", "영하 오 도")]
    [InlineData("60km/h", "시속 육십 킬로미터")]
    [InlineData("1/2", "이분의 일")]
    [InlineData("120/80", "백이십에 팔십")]
    [InlineData("30살", "서른 살")]
    [InlineData("3층 302호", "삼 층 삼백이 호")]
    [InlineData("1만 5천원", "만 오천원")]
    [InlineData("오전 10시~오후 6시", "오전 열 시에서 오후 여섯 시")]
    [InlineData("2~3일", "이에서 삼 일")]
    public void Korean_counts_in_its_two_ways(string written, string spoken) => Assert.Equal(spoken, SpeechText.Clean(written, "ko"));

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("ko")]
    public void No_digit_remains_whatever_is_written(string language)
    {
        var random = new Random(7);
        const string Characters = "0123456789012345678901234567890123456789.,:-/ $€₩%°+()#x kmghCF년시개명원 apm@";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Characters[random.Next(Characters.Length)]));
            var spoken = SpeechText.Clean(text, language);
            Assert.False(spoken.AsSpan().ContainsAnyInRange('0', '9'), $"'{text}' is said '{spoken}'");
        }
    }

    [Fact]
    public void A_clause_is_read_in_a_blink()
    {
        const string Clause = "Your appointment with Dr. Lee is on June 5th, 2026 at 14:30, it costs $12.50, and you reach us at (555) 123-4567.";
        for (var i = 0; i < 200; i++)
        {
            SpeechText.Clean(Clause, "en");
        }

        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 200; i++)
        {
            SpeechText.Clean(Clause, "en");
        }

        // Some 30 µs on a quiet machine; the bound only catches a pattern that runs away.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds / 200, 0, 2);
    }

    [Theory]
    [InlineData("I have a fever and my head hurts", "en", "es", "en")]
    [InlineData("tengo fiebre y me duele la cabeza", "en", "es", "es")]
    [InlineData("¿Dónde está?", "en", "es", "es")]
    [InlineData("머리가 아파요", "en", "ko", "ko")]
    [InlineData("xyzzy", "en", "es", "en")]
    public void The_language_of_a_text_is_told_between_two(string text, string first, string second, string language) =>
        Assert.Equal(language, LanguageGuess.Choose(text, first, second));
}
