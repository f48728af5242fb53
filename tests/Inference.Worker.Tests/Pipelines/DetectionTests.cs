using Voice.Inference.Pipelines.Detection;

namespace Voice.Inference.Tests.Pipelines;

public sealed class DetectionTests
{
    [Theory]
    [InlineData("Write to ana.lopez+x@example.co.uk today.", "Write to [email] today.")]
    [InlineData("My card is 4111 1111 1111 1111.", "My card is [card].")]
    [InlineData("The number 4111 1111 1111 1112 fails the check.", "The number 4111 1111 1111 1112 fails the check.")]
    [InlineData("SSN 536-22-8726 on file.", "SSN [ssn] on file.")]
    [InlineData("SSN 666-22-8726 was never given out.", "SSN 666-22-8726 was never given out.")]
    [InlineData("Call +1 (415) 555-0132 or 010-1234-5678.", "Call [phone] or [phone].")]
    [InlineData("Llame al 612 34 56 78 por favor.", "Llame al [phone] por favor.")]
    [InlineData("Mi DNI es 12345678Z.", "Mi DNI es [national_id].")]
    [InlineData("Mi DNI es 12345678A.", "Mi DNI es 12345678A.")]
    [InlineData("주민등록번호는 900101-1234568 입니다.", "주민등록번호는 [national_id] 입니다.")]
    [InlineData("Pay to DE89 3704 0044 0532 0130 00 please.", "Pay to [iban] please.")]
    [InlineData("Pay to DE88 3704 0044 0532 0130 00 please.", "Pay to DE88 3704 0044 0532 0130 00 please.")]
    [InlineData("Born on 03/14/1985 in Austin.", "Born on [date_of_birth] in Austin.")]
    [InlineData("My date of birth is March 14, 1985.", "My date of birth is [date_of_birth].")]
    [InlineData("Fecha de nacimiento: 14 de marzo de 1985.", "Fecha de nacimiento: [date_of_birth].")]
    [InlineData("생년월일은 1985년 3월 14일입니다.", "생년월일은 [date_of_birth]입니다.")]
    [InlineData("We meet on 03/14/2026 at 10.", "We meet on 03/14/2026 at 10.")]
    [InlineData("Open from 8 to 18, room 12, 2026.", "Open from 8 to 18, room 12, 2026.")]
    public void Redact_Text_OnlyWhatTellsAPerson(string text, string expected) => Assert.Equal(expected, PiiDetector.Redact(text, PiiDetector.Find(text)));

    [Theory]
    [InlineData("I am so happy, thank you", "joy")]
    [InlineData("I am not happy", "neutral")]
    [InlineData("this is terrible and I am very angry", "anger")]
    [InlineData("I am worried and scared", "fear")]
    [InlineData("Estoy muy triste, lloro mucho", "sadness")]
    [InlineData("No tengo miedo", "neutral")]
    [InlineData("너무 불안하고 걱정돼요", "fear")]
    [InlineData("무섭지 않아요, 오늘 행복해요", "joy")]
    [InlineData("The office is on the second floor", "neutral")]
    public void Read_Text_ItsFeeling(string text, string emotion) => Assert.Equal(emotion, EmotionDetector.Read(text).Label);

    [Theory]
    [InlineData("Take 400 mg of ibuprofen tonight.", "medication_order", "tonight")]
    [InlineData("We will order a blood test tomorrow.", "test_order", "tomorrow")]
    [InlineData("I will refer you to a cardiologist.", "referral", null)]
    [InlineData("I want to make an appointment for next Monday.", "appointment", "next Monday")]
    [InlineData("Please cancel my appointment.", "cancellation", null)]
    [InlineData("I will call you back in two hours.", "callback", "in two hours")]
    [InlineData("I want a refund.", "refund", null)]
    [InlineData("I would like to place an order.", "order", null)]
    [InlineData("Quiero pedir una cita para mañana.", "appointment", "mañana")]
    [InlineData("Le receto paracetamol.", "medication_order", null)]
    [InlineData("내일 예약하고 싶어요.", "appointment", "내일")]
    [InlineData("혈액 검사를 받으세요.", "test_order", null)]
    public void Find_Sentence_WhatWillBeDone(string text, string kind, string? when)
    {
        var action = Assert.Single(ActionDetector.Find(text), action => action.Kind == kind);
        Assert.Equal((text, when), (action.Sentence, action.When));
    }

    [Theory]
    [InlineData("You do not need a blood test.")]
    [InlineData("We won't schedule another visit.")]
    [InlineData("The weather is fine today.")]
    [InlineData("No necesita hacer cita.")]
    [InlineData("예약이 필요 없어요.")]
    public void Find_NothingToDo_Nothing(string text) => Assert.Empty(ActionDetector.Find(text));
}
