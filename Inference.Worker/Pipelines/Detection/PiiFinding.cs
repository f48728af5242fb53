namespace Voice.Inference.Pipelines.Detection;

/// <summary>Something that tells who a person is.</summary>
/// <param name="Kind"><c>email</c>, <c>phone</c>, <c>card</c>, <c>ssn</c>, <c>national_id</c>, <c>iban</c> or <c>date_of_birth</c>.</param>
/// <param name="Start">In UTF-16 units of the text.</param>
internal sealed record PiiFinding(string Kind, int Start, int Length);
