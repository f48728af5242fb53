using System.Text.RegularExpressions;

namespace Voice.Core.Summaries;

/// <summary>
/// Korean without a morphological analyser: particles and polite endings are cut from the end of a word as long as two syllables stay.
/// </summary>
internal static partial class KoreanProfile
{
    public static readonly LanguageProfile Instance = new("ko", Words(), StopWords(), Stem, Questions(), Rituals(), NonAnswers());

    /// <summary>Longest first: "에서는" before "는".</summary>
    private static readonly string[] Endings =
    [
        "이라고요", "했습니다", "합니다만", "하겠습니다", "있습니다", "없습니다", "입니다만", "에서부터", "하고싶어요",
        "습니다", "합니다", "입니다", "됩니다", "에서는", "에서도", "으로는", "으로도", "까지는", "부터는", "이라는", "이라고", "하려고", "하는데", "했는데", "인데요", "할까요", "인가요", "하나요",
        "있어요", "없어요", "했어요", "해요", "이에요", "예요", "에게서", "한테서", "으로", "에서", "에게", "한테", "까지", "부터", "처럼", "보다", "마다", "조차", "밖에", "이나", "라고", "라는", "하고", "이랑", "하는", "했던", "하면", "해서", "인데", "이고", "이며", "께서", "들은", "들이", "들을", "에는", "에도", "은요", "는요",
        "은", "는", "이", "가", "을", "를", "에", "의", "도", "만", "로", "와", "과", "나", "랑", "요", "들",
    ];

    private static IReadOnlySet<string> StopWords() => """
        그리고 그런데 그래서 그러면 그럼 하지만 그러나 또는 또 및 저는 제가 저의 저 제 나는 내가 나 내 우리 저희 당신 이것 그것 저것 이거 그거 저거 여기 거기 저기 이 그
        것 수 등 때 좀 잘 더 가장 매우 너무 정말 아주 많이 조금 지금 오늘 네 예 아니요 아니 음 어 아 안녕 안녕하세요 감사 감사합니다 고맙습니다 죄송 죄송합니다 있는 있다 없는 없다 하는
        하다 되는 되다 같은 같아요 같습니다 무엇 뭐 언제 어디 누구 왜 어떻게 어떤 몇 얼마 있어요 없어요 있나요 없나요 있습니다 해주세요 주세요 싶어요 싶습니다 혹시 그냥 계속
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private static string Stem(string word)
    {
        foreach (var ending in Endings)
        {
            if (word.Length - ending.Length >= 2 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }

    [GeneratedRegex(@"[가-힣]+|[a-z0-9]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\?\s*$|(?:까요?|나요|가요|는지요|을까|니까)\W*$|(?:무엇|뭐|언제|어디|누구|왜(?!냐)|어떻게|몇|얼마|어떤).*(?:요|죠|지)\W*$|^\W*(?:무엇|언제|어디|누가|왜|어떻게|몇|얼마)")]
    private static partial Regex Questions();

    [GeneratedRegex(
        @"^\W*(?:(?:네|예|아|음|그럼)\W+)*(?:안녕하세요.{0,20}|안녕히.*|(?:감사|고맙|죄송)\S*.{0,12}|잠시만.*|무엇을 도와.*|(?:더 )?(?:필요하신|궁금하신).*|좋은 하루.*|(?:네|예|아니요|아니오|그래요|알겠습니다|알겠어요|맞아요|맞습니다|좋아요|그렇군요|그렇죠)\W*.{0,4})\W*$")]
    private static partial Regex Rituals();

    [GeneratedRegex(@"(?:모르겠|알 수 없|찾을 수 없|답변(?:을|해)? ?드리기 어렵|정보가 없|이해하지 못|다시 (?:한번 )?말씀)")]
    private static partial Regex NonAnswers();
}
