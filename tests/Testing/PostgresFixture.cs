using Xunit;

namespace Voice.Testing;

/// <summary>A database for a test class: <c>IClassFixture&lt;PostgresFixture&gt;</c>. A test that needs it empty makes a <see cref="TestDatabase"/> itself.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private TestDatabase? _database;

    public TestDatabase Database => _database ?? throw new InvalidOperationException("The fixture is not started.");

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();
}
