using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>Korean says at the end of the last word whether the sentence ends: final endings close it, connective endings and particles promise more.</summary>
internal static class KoreanCompleteness
{
    private static readonly FrozenSet<string> Standing = SpokenWords.Set(
        "네 예 응 넵 넹 아니요 아뇨 아니 아니오 맞아요 맞습니다 그래요 그렇습니다 좋아요 좋습니다 괜찮아요 괜찮습니다 알겠습니다 알겠어요 감사합니다 고맙습니다 여보세요 안녕하세요 안녕히계세요 계세요 됐어요 됐습니다 없어요 없습니다 있어요 있습니다 " +
        "몰라요 모르겠어요 모르겠습니다 글쎄요 그럼요 물론이죠 물론입니다 죄송합니다 실례합니다 잠시만요 잠깐만요 왜요 뭐라고요 누구세요");

    private static readonly FrozenSet<string> Fillers = SpokenWords.Set(
        "그리고 그런데 근데 하지만 그래서 그러면 그럼 왜냐하면 만약 만약에 음 어 저 그 저기 저기요 그러니까 그니까 뭐 뭐랄까 이제 약간 혹시 일단 아니면 또는 그 이 저는 제가 제 우리 좀 아마 및 또 더 너무 정말 아주 매우");

    /// <summary>Plain endings, which also stand inside quotations; every polite one ends in 요, 죠 or 니다.</summary>
    private static readonly string[] Final =
    [
        "없어", "없다", "싶어", "같아", "않아", "거야", "이야", "잖아", "거든", "줄래", "할래", "갈래", "을래", "할게", "갈게", "을게", "을까", "할까", "갈까", "한다", "이다", "인가", "는가", "구나", "하자", "가자", "해라",
    ];

    private static readonly string[] Connective =
    [
        "는데", "은데", "인데", "한데", "던데", "으니", "지만", "면서", "려고", "거나", "든지", "아서", "어서", "해서", "여서", "와서", "가서", "라서", "으면", "하면", "려면", "다면", "라면", "다가", "도록", "느라", "자마자", "으러", "하러", "하고", "이고", "으며", "하며", "때문에", "위해", "위해서", "대신",
        "에서", "한테", "에게", "으로", "이랑", "까지", "부터", "처럼", "보다", "마다", "께서", "에는", "에도", "에서는", "하는", "있는", "없는", "싶은", "같은", "려는", "라는", "이라고", "라고", "다고",
    ];

    // Each follows either a consonant or a vowel: "통증이" is a subject, "차이" a difference.
    private const string AfterConsonant = "을은이과";
    private const string AfterVowel = "를는가와";
    private const string AfterAny = "의에께고";

    /// <summary>Nouns and adverbs that end as a particle or an ending does.</summary>
    private static readonly FrozenSet<string> Whole = SpokenWords.Set(
        "휴가 평가 추가 국가 작가 증가 참가 허가 물가 주가 전문가 고양이 높이 많이 같이 깊이 길이 어린이 둘이 회의 동의 문의 주의 정의 논의 거의 광고 사고 신고 창고 최고 냉장고 참고 재고 보고 라면 화면 장면 측면 수면 냉면 " +
        "결과 효과 안과 학과 성과 산부인과 오전에 오후에 아침에 저녁에 점심에 밤에 이번에 다음에 전에 후에 나중에 필요 중요 수요 주요 동요 개요 월요 화요 목요 토요 일요");

    /// <summary>ㅂ</summary>
    private const int CodaB = 17;

    /// <summary>ㅆ, of every past tense.</summary>
    private const int CodaSs = 20;

    public static Completeness Of(string[] words)
    {
        var last = words[^1];
        if (Fillers.Contains(last))
        {
            return words.Length == 1 || last is not ("좀" or "뭐") ? Completeness.Unfinished : Completeness.Open;
        }

        if (Standing.Contains(last))
        {
            return Completeness.Finished;
        }

        if (Whole.Contains(last))
        {
            return Completeness.Open;
        }

        // "먹습니까" asks, "먹으니까" gives a reason: the syllable before tells.
        if (last.EndsWith("니까", StringComparison.Ordinal))
        {
            return last.Length > 2 && Coda(last[^3]) == CodaB ? Completeness.Finished : Completeness.Unfinished;
        }

        if (last.Length > 1 && (last[^1] is '요' or '죠' || last.EndsWith("니다", StringComparison.Ordinal) || last.EndsWith("시오", StringComparison.Ordinal)))
        {
            return Completeness.Finished;
        }

        if (Ends(last, Connective))
        {
            return Completeness.Unfinished;
        }

        if (Ends(last, Final) || (last.Length > 1 && (last[^1] is '어' or '다' or '지' or '네') && Coda(last[^2]) == CodaSs))
        {
            return Completeness.Likely;
        }

        return last.Length > 1 && IsParticle(last[^1], last[^2]) ? Completeness.Unfinished : Completeness.Open;
    }

    private static bool IsParticle(char particle, char before) =>
        AfterAny.Contains(particle) || (Coda(before) != 0 ? AfterConsonant : AfterVowel).Contains(particle);

    /// <summary>Number of the final consonant of a syllable; 0 for none.</summary>
    private static int Coda(char syllable) => syllable is >= '가' and <= '힣' ? (syllable - '가') % 28 : 0;

    private static bool Ends(string word, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (word.Length > ending.Length && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
