using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Voice.ServiceDefaults.Migrations;

namespace Voice.ServiceDefaults.Http.Idempotency;

public static class IdempotencyExtensions
{
    /// <summary>Answers to requests with an <c>Idempotency-Key</c>, kept in <c>&lt;schema&gt;.idempotent_requests</c>. After <c>AddDatabase</c>.</summary>
    public static IHostApplicationBuilder AddIdempotency(this IHostApplicationBuilder builder, string schema)
    {
        builder.Services.AddMigrations(MigrationSet.FromAssembly(
            schema, "http.idempotency", typeof(IdempotencyStore).Assembly, "Voice.ServiceDefaults.Http.Idempotency.Migrations."));
        builder.Services.AddSingleton(services => new IdempotencyStore(schema, services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<AnswerSeal>();
        builder.Services.AddHostedService<IdempotencyCleaning>();
        return builder;
    }

    /// <summary>For what creates, or costs money: a repetition with the same <c>Idempotency-Key</c> gets the same answer and does nothing.</summary>
    public static TBuilder WithIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IdempotentMetadata());

    internal static void UseIdempotency(this WebApplication app)
    {
        if (app.Services.GetService<IdempotencyStore>() is not null)
        {
            app.UseMiddleware<IdempotencyMiddleware>();
        }
    }
}
