using System.Text.Json.Nodes;
using Voice.Inference.Pipelines.Api;
using Voice.Inference.Pipelines.Documents;

namespace Voice.Inference.Tests.Pipelines;

public sealed class PipelineDocumentTests
{
    [Theory]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{steps.nobody.text}}"}}""", "a", "steps[0].with.text", "There is no step 'nobody'")]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{inputs.nothing}}"}}""", "a", "steps[0].with.text", "There is no input 'nothing'")]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{inputs.Text}}"}}""", "a", "steps[0].with.text", "is no reference")]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{run.secret}}"}}""", "a", "steps[0].with.text", "run.id only")]
    [InlineData("""{"id":"a","type":"detect","with":{}}""", "a", "steps[0].with.text", "needs this parameter")]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{inputs.text}}","colour":"red"}}""", "a", "steps[0].with.colour", "has no such parameter")]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{inputs.text}}","kinds":["moods"]}}""", "a", "steps[0].with.kinds", "emotion, safety, actions, pii")]
    [InlineData("""{"id":"a","type":"detect","with":{"text":"{{inputs.call}}"}}""", "a", "steps[0].with.text", "takes no audio")]
    [InlineData("""{"id":"a","type":"transcribe","with":{"audio":"{{inputs.text}}"}}""", "a", "steps[0].with.audio", "leads to no audio")]
    [InlineData("""{"id":"a","type":"transcribe","with":{"audio":"call.wav"}}""", "a", "steps[0].with.audio", "reference to audio")]
    [InlineData("""{"id":"a","type":"chat","with":{"instructions":"Be brief."}}""", "a", "steps[0].with", "prompt or messages")]
    [InlineData("""{"id":"a","type":"sing","with":{}}""", "a", "steps[0].type", "one of transcribe")]
    [InlineData("""{"id":"A","type":"chat","with":{"prompt":"x"}}""", null, "steps[0].id", "lower-case")]
    [InlineData("""{"id":"a","type":"chat","with":{"prompt":"{{steps.a.text}}"}}""", "a", "steps[0].needs", "waits for itself")]
    [InlineData("""{"id":"a","type":"chat","with":{"prompt":"x"},"needs":["b"]}""", "a", "steps[0].needs", "There is no step 'b'")]
    [InlineData("""{"id":"a","type":"chat","with":{"prompt":"x"},"retry":{"attempts":99}}""", "a", "steps[0].retry.attempts", "from 1 to 10")]
    [InlineData("""{"id":"a","type":"chat","with":{"prompt":"x"},"when":{"equals":1}}""", "a", "steps[0].when", "has a value")]
    [InlineData("""{"id":"a","type":"chat","with":{"prompt":"x"},"when":{"value":"{{inputs.text}}","is":1}}""", "a", "steps[0].when.is", "no such field")]
    [InlineData("""{"id":"a","type":"chat","with":{"prompt":"x"},"fallback":{"type":"chat","with":{}}}""", "a", "steps[0].fallback.with", "prompt or messages")]
    public void A_problem_names_its_step_and_field(string step, string? expectedStep, string field, string message)
    {
        var (document, problems) = DocumentReader.Read(JsonNode.Parse($$"""{"name":"X","inputs":{"text":{"type":"text"},"call":{"type":"audio"} },"steps":[{{step}}]}"""));
        Assert.Null(document);
        var problem = problems[0];
        Assert.Equal((expectedStep, field), (problem.Step, problem.Field));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_is_found_through_references_and_all_of_its_steps_are_named()
    {
        var (_, problems) = DocumentReader.Read(JsonNode.Parse(
            """
            {"name":"X","steps":[
              {"id":"first","type":"chat","with":{"prompt":"{{steps.third.text}}"}},
              {"id":"second","type":"chat","with":{"prompt":"{{steps.first.text}}"}},
              {"id":"third","type":"chat","with":{"prompt":"x"},"when":{"value":"{{steps.second.text}}","exists":true}},
              {"id":"apart","type":"chat","with":{"prompt":"x"}}]}
            """));
        Assert.Equal(["first", "second", "third"], problems.Select(problem => problem.Step));
        Assert.Contains("through 'third'", problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[]""", "")]
    [InlineData("""{"steps":[]}""", "name")]
    [InlineData("""{"name":"X","steps":[]}""", "steps")]
    [InlineData("""{"name":"X","colour":1,"steps":[{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "colour")]
    [InlineData("""{"name":"X","inputs":{"a":{"type":"text","default":5}},"steps":[{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "inputs.a.default")]
    [InlineData("""{"name":"X","outputs":{"o":"{{steps.b.text}}"},"steps":[{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "outputs.o")]
    [InlineData("""{"name":"X","outputs":{"o":"{{steps.a.audio}}"},"steps":[{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "outputs.o")]
    [InlineData("""{"name":"X","idempotency":{"key":"always"},"steps":[{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "idempotency.key")]
    [InlineData("""{"name":"X","idempotency":{"key":"{{steps.a.text}}"},"steps":[{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "idempotency.key")]
    [InlineData("""{"name":"X","steps":[{"id":"a","type":"chat","with":{"prompt":"x"}},{"id":"a","type":"chat","with":{"prompt":"x"}}]}""", "steps[1].id")]
    public void What_is_no_pipeline_is_told_so(string document, string field) => Assert.Contains(DocumentReader.Read(JsonNode.Parse(document)).Problems, problem => problem.Field == field);

    [Fact]
    public void References_give_values_of_their_own_type_and_texts_have_them_written_out()
    {
        var values = JsonNode.Parse("""{"a":{"list":[{"text":"one"},{"text":"two"}],"number":2.5,"none":null}}""")!;
        JsonNode? Value(Reference reference) => reference.Follow(values[reference.Name]);
        var resolved = Template.Resolve(
            JsonNode.Parse("""{"whole":"{{steps.a.list}}","part":"{{ steps.a.list[1].text }}","text":"It is {{steps.a.number}}, {{steps.a.none}}.","gone":"{{steps.a.list[7].text}}","plain":5}"""), Value);
        Assert.Equal(
            """{"whole":[{"text":"one"},{"text":"two"}],"part":"two","text":"It is 2.5, .","gone":null,"plain":5}""", resolved!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"value":"{{inputs.v}}","equals":"CRISIS"}""", "\"crisis\"", true)]
    [InlineData("""{"value":"{{inputs.v}}","not_equals":"none"}""", "\"none\"", false)]
    [InlineData("""{"value":"{{inputs.v}}","greater_than":2}""", "2.5", true)]
    [InlineData("""{"value":"{{inputs.v}}","greater_than":2,"less_than":2.4}""", "2.5", false)]
    [InlineData("""{"value":"{{inputs.v}}","greater_than":2}""", "\"many\"", false)]
    [InlineData("""{"value":"{{inputs.v}}","contains":"b"}""", """["a","b"]""", true)]
    [InlineData("""{"value":"{{inputs.v}}","contains":"ELL"}""", "\"hello\"", true)]
    [InlineData("""{"value":"{{inputs.v}}","exists":true}""", "[]", false)]
    [InlineData("""{"value":"{{inputs.v}}","exists":false}""", "null", true)]
    [InlineData("""{"all":[{"value":"{{inputs.v}}","exists":true},{"not":{"value":"{{inputs.v}}","equals":"x"}}]}""", "\"y\"", true)]
    [InlineData("""{"any":[{"value":"{{inputs.v}}","equals":"x"},{"value":"{{inputs.v}}","equals":"z"}]}""", "\"y\"", false)]
    public void Conditions_compare(string condition, string value, bool holds) =>
        Assert.Equal(holds, new Condition(JsonNode.Parse(condition)!.AsObject()).Holds(_ => JsonNode.Parse(value)));

    [Fact]
    public void The_schema_knows_the_same_steps_and_parameters_as_the_code()
    {
        var schema = JsonNode.Parse(PipelineSchema.Text)!["$defs"]!;
        Assert.Equal(StepTypes.All.Select(type => type.Name).Order(), schema["step"]!["properties"]!["type"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order());
        Assert.All(StepTypes.All, type =>
        {
            var described = schema[type.Name]!;
            Assert.Equal(type.Parameters.Select(parameter => parameter.Name).Order(), described["properties"]!.AsObject().Select(property => property.Key).Order());
            Assert.Equal(
                type.Parameters.Where(parameter => parameter.Required).Select(parameter => parameter.Name).Order(),
                (described["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Order());
        });
    }
}
