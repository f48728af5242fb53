using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Voice.ServiceDefaults.Migrations;

namespace ServiceDefaults.Tests.Migrations;

public sealed class MigrationTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private sealed record Row(string SessionId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Files_run_once_and_in_the_order_of_their_numbers()
    {
        var set = Set(
            Migration(1, "create table notes (id int primary key, text text)"),
            Migration(2, "insert into notes values (1, 'second')"));
        await RunAsync(set);
        await RunAsync(set);
        Assert.Equal(1L, await _database.ScalarAsync<long>("select count(*) from voice.notes"));
        Assert.Equal(2L, await _database.ScalarAsync<long>("select count(*) from voice.migrations"));

        await RunAsync(Set(set.Migrations[0], set.Migrations[1], Migration(3, "insert into voice.notes values (2, 'third')")));
        Assert.Equal(2L, await _database.ScalarAsync<long>("select count(*) from voice.notes"));
    }

    [Fact]
    public async Task Replicas_that_start_together_apply_each_file_once()
    {
        var set = Set(
            Migration(1, "create table counted (n int); select pg_sleep(0.2)"),
            Migration(2, "insert into counted values (1)"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync(set))).OrTimeout();
        Assert.Equal(1L, await _database.ScalarAsync<long>("select count(*) from voice.counted"));
    }

    [Fact]
    public async Task A_file_that_was_changed_after_it_was_applied_stops_the_start()
    {
        await RunAsync(Set(Migration(1, "create table a (n int)")));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Set(Migration(1, "create table a (n bigint)"))));
        Assert.Contains("001_m1", error.Message);
        Assert.Contains("voice", error.Message);
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_and_the_ones_before_it()
    {
        var broken = Set(Migration(1, "create table a (n int)"), Migration(2, "create table b (n int); select 1/0"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => RunAsync(broken));
        Assert.Equal("1", await _database.ScalarAsync<string>("select string_agg(number::text, ',') from voice.migrations"));
        Assert.Null(await _database.ScalarAsync<string>("select to_regclass('voice.b')::text"));

        await RunAsync(Set(Migration(1, "create table a (n int)"), Migration(2, "create table b (n int)")));
        Assert.Equal("voice.b", await _database.ScalarAsync<string>("select to_regclass('voice.b')::text"));
    }

    [Fact]
    public async Task A_start_that_is_cut_off_does_not_lock_out_the_next()
    {
        using var cut = new CancellationTokenSource();
        var slow = RunAsync(Set(Migration(1, "select pg_sleep(60)")), cut.Token);
        await Deadline.Until(async () => await _database.ScalarAsync<long>("select count(*) from pg_stat_activity where query like 'select pg_sleep%' and datname = current_database()") > 0);
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await RunAsync(Set(Migration(1, "create table a (n int)"))).OrTimeout();
    }

    [Fact]
    public async Task Rows_become_records_by_snake_case_names_and_times_are_utc()
    {
        DapperConventions.Apply();
        await _database.ExecuteAsync("create table sessions (session_id text, started_at timestamptz, ended_at timestamptz)");
        var started = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(9));
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into sessions values (@SessionId, @StartedAt, @EndedAt)", new Row("sess_1", started, null));
        Assert.Equal(new Row("sess_1", started, null), await connection.QuerySingleAsync<Row>("select * from sessions"));
    }

    [Theory]
    [InlineData("Voice")]
    [InlineData("voice; drop table x")]
    [InlineData("")]
    public void A_schema_name_that_would_need_quoting_is_refused(string schema) =>
        Assert.Throws<ArgumentException>(() => MigrationSet.FromAssembly(schema, "test", typeof(MigrationTests).Assembly));

    private Task RunAsync(MigrationSet set, CancellationToken cancellationToken = default) =>
        new MigrationRunner(_database.DataSource, [set], NullLogger<MigrationRunner>.Instance).StartingAsync(cancellationToken);

    private static MigrationSet Set(params Migration[] migrations) => new("voice", "test", migrations);

    private static Migration Migration(int number, string sql) => new(number, $"m{number}", sql, sql);
}
