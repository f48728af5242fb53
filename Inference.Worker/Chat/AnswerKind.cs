namespace Voice.Inference.Chat;

internal enum AnswerKind
{
    Any,
    Time,
    Place,
    Amount,
    Contact,
}
