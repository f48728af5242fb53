namespace Voice.Core.Safety;

/// <summary>What is said to a person in danger, and whom they can reach where they are. The region is read from the language tag (<c>en-GB</c>).</summary>
public static class SafetyMessages
{
    private static readonly SafetyResource Emergency911 = new("Emergency services", "911", null);
    private static readonly SafetyResource Emergency112 = new("Emergency services", "112", null);

    public static SafetyMessage For(string category, string severity, string language)
    {
        var region = Region(language);
        var tongue = language.Split('-', '_')[0].ToLowerInvariant();
        var crisis = severity == CrisisSeverities.Crisis;
        var text = tongue switch
        {
            "ko" => Korean(category, crisis),
            "es" => Spanish(category, crisis, region),
            _ => English(category, crisis, region),
        };
        return new SafetyMessage(text, Resources(category, region));
    }

    /// <summary>The language's largest user base of this platform where the tag names no region.</summary>
    private static string Region(string language)
    {
        var parts = language.Split('-', '_');
        var named = parts.Skip(1).FirstOrDefault(part => part.Length == 2)?.ToUpperInvariant();
        return named ?? parts[0].ToLowerInvariant() switch { "ko" => "KR", "es" => "US", _ => "US" };
    }

    private static IReadOnlyList<SafetyResource> Resources(string category, string region) => (region, category) switch
    {
        ("KR", CrisisCategories.Suicide or CrisisCategories.SelfHarm) =>
            [new("자살예방 상담전화", "109", "https://www.129.go.kr/109"), new("정신건강 위기상담전화", "1577-0199", null), new("긴급구조", "119", null)],
        ("KR", CrisisCategories.Abuse) => [new("경찰", "112", null), new("여성긴급전화", "1366", null), new("긴급구조", "119", null)],
        ("KR", CrisisCategories.HarmToOthers) => [new("경찰", "112", null), new("정신건강 위기상담전화", "1577-0199", null)],
        ("KR", _) => [new("긴급구조", "119", null)],
        ("US", CrisisCategories.Suicide or CrisisCategories.SelfHarm) =>
            [new("988 Suicide & Crisis Lifeline", "988", "https://988lifeline.org"), Emergency911],
        ("US", CrisisCategories.Abuse) => [new("National Domestic Violence Hotline", "1-800-799-7233", "https://www.thehotline.org"), Emergency911],
        ("US", CrisisCategories.HarmToOthers) => [Emergency911, new("988 Suicide & Crisis Lifeline", "988", "https://988lifeline.org")],
        ("US", _) => [Emergency911],
        ("CA", CrisisCategories.Suicide or CrisisCategories.SelfHarm) => [new("9-8-8 Suicide Crisis Helpline", "988", "https://988.ca"), Emergency911],
        ("CA", _) => [Emergency911],
        ("GB", CrisisCategories.Suicide or CrisisCategories.SelfHarm) =>
            [new("Samaritans", "116 123", "https://www.samaritans.org"), new("Emergency services", "999", null)],
        ("GB", _) => [new("Emergency services", "999", null)],
        ("ES", CrisisCategories.Suicide or CrisisCategories.SelfHarm) => [new("Línea de atención a la conducta suicida", "024", null), Emergency112],
        ("ES", CrisisCategories.Abuse) => [new("Violencia de género", "016", null), Emergency112],
        (_, CrisisCategories.Suicide or CrisisCategories.SelfHarm) => [Emergency112, new("Find A Helpline", "findahelpline.com", "https://findahelpline.com")],
        _ => [Emergency112],
    };

    private static string Emergency(string region) => region switch { "US" or "CA" => "911", "GB" => "999", "KR" => "119", _ => "112" };

    private static string Lifeline(string region) => region switch { "US" or "CA" => "988", "GB" => "116 123", "KR" => "109", "ES" => "024", _ => "112" };

    private static string English(string category, bool crisis, string region) => category switch
    {
        CrisisCategories.Suicide or CrisisCategories.SelfHarm when crisis =>
            $"I am really glad you told me. You do not have to go through this alone. Please call {Lifeline(region)} now to talk to someone who can help, or {Emergency(region)} if you are in danger right now.",
        CrisisCategories.Suicide or CrisisCategories.SelfHarm =>
            $"What you are carrying sounds heavy. If it gets to be too much, you can call {Lifeline(region)} at any hour and talk to a person.",
        CrisisCategories.Abuse => $"I am sorry this is happening to you. It is not your fault. If you are in danger, please call {Emergency(region)} as soon as it is safe to do so.",
        CrisisCategories.HarmToOthers => $"I hear how strong this is. Please step away, and call {Emergency(region)} now if anyone could get hurt.",
        _ => $"This may be a medical emergency. Please call {Emergency(region)} now and stay on the line with them.",
    };

    private static string Spanish(string category, bool crisis, string region) => category switch
    {
        CrisisCategories.Suicide or CrisisCategories.SelfHarm when crisis =>
            $"Me alegro mucho de que me lo diga. No tiene que pasar por esto en soledad. Por favor, llame ahora al {Lifeline(region)}, o al {Emergency(region)} si está en peligro en este momento.",
        CrisisCategories.Suicide or CrisisCategories.SelfHarm =>
            $"Lo que está viviendo suena muy duro. A cualquier hora puede llamar al {Lifeline(region)} y hablar con una persona.",
        CrisisCategories.Abuse => $"Siento que le esté pasando esto. No es culpa suya. Si está en peligro, llame al {Emergency(region)} en cuanto pueda hacerlo con seguridad.",
        CrisisCategories.HarmToOthers => $"Entiendo que esto es muy fuerte. Por favor, aléjese, y llame ahora al {Emergency(region)} si alguien puede resultar herido.",
        _ => $"Esto puede ser una emergencia médica. Por favor, llame ahora al {Emergency(region)}.",
    };

    private static string Korean(string category, bool crisis) => category switch
    {
        CrisisCategories.Suicide or CrisisCategories.SelfHarm when crisis =>
            "말씀해 주셔서 정말 고맙습니다. 혼자 견디지 않으셔도 됩니다. 지금 바로 자살예방 상담전화 109로 전화해 주세요. 위급하시면 119에 전화해 주세요.",
        CrisisCategories.Suicide or CrisisCategories.SelfHarm => "많이 힘드셨겠어요. 너무 힘드실 때는 언제든지 109로 전화하셔서 상담하실 수 있습니다.",
        CrisisCategories.Abuse => "그런 일을 겪고 계시다니 마음이 아픕니다. 당신의 잘못이 아닙니다. 위험하시면 안전할 때 바로 112에 전화해 주세요.",
        CrisisCategories.HarmToOthers => "지금 감정이 많이 격하신 것 같아요. 잠시 자리를 피하시고, 누군가 다칠 수 있다면 바로 112에 전화해 주세요.",
        _ => "응급 상황일 수 있습니다. 지금 바로 119에 전화해 주세요.",
    };
}
