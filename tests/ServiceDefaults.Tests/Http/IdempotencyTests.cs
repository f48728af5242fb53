using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http.Idempotency;

namespace ServiceDefaults.Tests.Http;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestDatabase _database = null!;
    private TestService _service = null!;
    private int _created;

    private sealed record Thing(string Name);

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = TestService.CreateBuilder(("ConnectionStrings:voicedb", _database.ConnectionString));
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddDatabase("things", typeof(TestDatabase).Assembly);
        builder.AddIdempotency("things");
        _service = await TestService.StartAsync(builder, app =>
        {
            app.MapPost("/api/v1/things", CreateAsync).RequireAuthorization().WithIdempotencyKey();
            app.MapPost("/api/v1/others", CreateAsync).RequireAuthorization().WithIdempotencyKey();
            app.MapPost("/api/v1/plain", CreateAsync).RequireAuthorization();
        });
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_creates_nothing()
    {
        using var first = await PostAsync("k1");
        using var again = await PostAsync("k1");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(1, _created);
    }

    [Fact]
    public async Task Another_key_organization_person_or_address_is_another_request()
    {
        using var first = await PostAsync("k1");
        using var key = await PostAsync("k2");
        using var organization = await PostAsync("k1", organization: "org_other");
        using var person = await PostAsync("k1", subject: "user_other");
        using var address = await PostAsync("k1", path: "/api/v1/others");
        using var without = await PostAsync(null);
        using var plain = await PostAsync("k1", path: "/api/v1/plain");
        using var plainAgain = await PostAsync("k1", path: "/api/v1/plain");

        Assert.Equal(8, _created);
        Assert.All([first, key, organization, person, address, without, plain, plainAgain], response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        using var first = await PostAsync("k1");
        using var other = await PostAsync("k1", """{"name":"other"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.StatusCode, await CodeAsync(other)));
        Assert.Equal(1, _created);
    }

    [Fact]
    public async Task While_the_first_is_being_worked_on_the_second_is_told_to_wait()
    {
        var first = PostAsync("k1", """{"name":"slow"}""");
        await _entered.Task.OrTimeout();
        using (var second = await PostAsync("k1", """{"name":"slow"}"""))
        {
            Assert.Equal((HttpStatusCode.Conflict, "idempotency_in_progress"), (second.StatusCode, await CodeAsync(second)));
            Assert.Equal(1, second.Headers.RetryAfter?.Delta?.TotalSeconds);
        }

        _released.SetResult();
        using var done = await first.OrTimeout();
        using var third = await PostAsync("k1", """{"name":"slow"}""");
        Assert.Equal(await done.Content.ReadAsStringAsync(), await third.Content.ReadAsStringAsync());
        Assert.Equal(1, _created);
    }

    [Theory]
    [InlineData("refused", HttpStatusCode.Conflict)]
    [InlineData("broken", HttpStatusCode.InternalServerError)]
    public async Task What_failed_is_tried_anew_and_may_be_corrected(string name, HttpStatusCode status)
    {
        using var first = await PostAsync("k1", $$"""{"name":"{{name}}"}""");
        Assert.Equal(status, first.StatusCode);

        using var corrected = await PostAsync("k1");
        Assert.Equal(HttpStatusCode.Created, corrected.StatusCode);
    }

    [Fact]
    public async Task A_request_that_went_down_with_its_process_frees_its_key_after_the_lease()
    {
        var lost = PostAsync("k1", """{"name":"slow"}""");
        await _entered.Task.OrTimeout();
        _time.Advance(IdempotencyStore.Lease + TimeSpan.FromSeconds(1));
        using var taken = await PostAsync("k1", """{"name":"slow"}""");
        Assert.Equal((HttpStatusCode.Created, 2), (taken.StatusCode, _created));

        // It was not dead after all, only slow: what is kept is the answer of who took its place.
        _released.SetResult();
        using var late = await lost.OrTimeout();
        using var again = await PostAsync("k1", """{"name":"slow"}""");
        Assert.Equal((taken.Headers.Location, 2), (again.Headers.Location, _created));
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_day()
    {
        using var first = await PostAsync("k1");
        _time.Advance(IdempotencyStore.KeptFor - TimeSpan.FromMinutes(1));
        using var again = await PostAsync("k1");
        Assert.Equal((HttpStatusCode.Created, 1), (again.StatusCode, _created));

        _time.Advance(TimeSpan.FromMinutes(2));
        using var late = await PostAsync("k1");
        Assert.Equal(2, _created);
    }

    [Fact]
    public async Task What_was_answered_cannot_be_read_from_the_database()
    {
        using var first = await PostAsync("the-key-of-the-client", """{"name":"a-secret-shown-once"}""");
        Assert.Contains("a-secret-shown-once", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var stored = await _database.ScalarAsync<string>("select encode(answer, 'escape') || encode(key_sha256, 'escape') || r::text from things.idempotent_requests r");
        Assert.DoesNotContain("secret", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key-of-the-client", stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("schlüssel")]
    public async Task A_key_that_cannot_be_one_is_refused(string key)
    {
        using var response = await PostAsync(key);
        using var tooLong = await PostAsync(new string('k', 256));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_idempotency_key"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task Nobody_gets_an_answer_without_a_credential()
    {
        using var first = await PostAsync("k1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/things") { Content = new StringContent("""{"name":"thing"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "k1");
        using var response = await _service.CreateClient().SendAsync(request).OrTimeout();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    private async Task<HttpResponseMessage> PostAsync(
        string? key, string body = """{"name":"thing"}""", string path = "/api/v1/things", string organization = "org_default", string subject = "user_test")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        // Good for as long as the tests move the clock.
        request.Headers.Authorization = new("Bearer", TestIdentity.Token(organization, subject, expires: TimeProvider.System.GetUtcNow().AddDays(3)));
        return await _service.CreateClient().SendAsync(request).OrTimeout();
    }

    private async Task<Results<Created<Thing>, ProblemHttpResult>> CreateAsync(Thing thing, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _created);
        switch (thing.Name)
        {
            case "slow" when number == 1:
                _entered.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
                break;
            case "refused":
                return ApiError.Result(409, "refused", "Not now.");
            case "broken":
                throw new InvalidOperationException("broken");
        }

        return TypedResults.Created($"/api/v1/things/{number}", thing);
    }
}
