using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Voice.ServiceDefaults.Telemetry;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    // Other tests of this process have their own meters; the name keeps them apart.
    private readonly string _prefix = $"t{Guid.NewGuid():n}";
    private readonly Meter _meter = new("Voice.Test");
    private readonly MetricsStore _store = new();

    public MetricsTests() => _store.Start();

    public void Dispose()
    {
        _meter.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void A_counter_adds_up_per_set_of_tags_in_any_order_of_the_tags()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.requests", "{request}", "Requests\nseen");
        counter.Add(1, new("b", "2"), new KeyValuePair<string, object?>("a", 1));
        counter.Add(2, new("a", 1), new KeyValuePair<string, object?>("b", "2"));
        counter.Add(5);
        Assert.Equal(
            [
                $"# HELP {_prefix}_requests_total Requests\\nseen",
                $"# TYPE {_prefix}_requests_total counter",
                $"{_prefix}_requests_total 5",
                $"{_prefix}_requests_total{{a=\"1\",b=\"2\"}} 3",
            ],
            Lines());
    }

    [Fact]
    public void A_histogram_has_cumulative_buckets_sum_and_count()
    {
        var histogram = _meter.CreateHistogram($"{_prefix}.duration", "s", "d", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in (double[])[0.05, 0.1, 0.5, 7])
        {
            histogram.Record(value, new KeyValuePair<string, object?>("stage", "x"));
        }

        Assert.Equal(
            [
                $"# HELP {_prefix}_duration_seconds d",
                $"# TYPE {_prefix}_duration_seconds histogram",
                $"{_prefix}_duration_seconds_bucket{{stage=\"x\",le=\"0.1\"}} 2",
                $"{_prefix}_duration_seconds_bucket{{stage=\"x\",le=\"1\"}} 3",
                $"{_prefix}_duration_seconds_bucket{{stage=\"x\",le=\"+Inf\"}} 4",
                $"{_prefix}_duration_seconds_sum{{stage=\"x\"}} 7.65",
                $"{_prefix}_duration_seconds_count{{stage=\"x\"}} 4",
            ],
            Lines());
    }

    [Fact]
    public void Milliseconds_are_written_in_seconds()
    {
        var histogram = _meter.CreateHistogram($"{_prefix}.took", "ms", "d", null, new InstrumentAdvice<long> { HistogramBucketBoundaries = [500] });
        histogram.Record(250);
        Assert.Equal(
            [$"{_prefix}_took_seconds_bucket{{le=\"0.5\"}} 1", $"{_prefix}_took_seconds_bucket{{le=\"+Inf\"}} 1", $"{_prefix}_took_seconds_sum 0.25", $"{_prefix}_took_seconds_count 1"],
            Lines().Where(line => line[0] != '#'));
    }

    [Fact]
    public void Gauges_show_the_last_value_and_up_down_counters_the_sum()
    {
        var upDown = _meter.CreateUpDownCounter<int>($"{_prefix}.a.active");
        upDown.Add(3);
        upDown.Add(-1);
        var gauge = _meter.CreateGauge<double>($"{_prefix}.b.level");
        gauge.Record(7);
        gauge.Record(-0.5);
        var observed = 10;
        _meter.CreateObservableGauge($"{_prefix}.c.depth", () => observed);
        _meter.CreateObservableCounter($"{_prefix}.d.read", () => 4L, "By");
        Lines();
        observed = 11;
        Assert.Equal(
            [$"{_prefix}_a_active 2", $"{_prefix}_b_level -0.5", $"{_prefix}_c_depth 11", $"{_prefix}_d_read_bytes_total 4"],
            Lines().Where(line => line[0] != '#'));
    }

    [Fact]
    public void Values_and_names_are_escaped()
    {
        _meter.CreateCounter<long>($"{_prefix}.odd-name").Add(1, new KeyValuePair<string, object?>("the key", "a\\b\"c\nd"));
        Assert.Equal($$"""{{_prefix}}_odd_name_total{the_key="a\\b\"c\nd"} 1""", Lines()[^1]);
    }

    [Fact]
    public void A_tag_without_bound_ends_in_one_series_that_says_so()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.flood");
        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = Lines();
        Assert.Equal(MetricFamily.MaxSeries + 1, lines.Count(line => line[0] != '#'));
        Assert.Equal($$"""{{_prefix}}_flood_total{otel_metric_overflow="true"} 50""", lines[^1]);
    }

    [Fact]
    public async Task Concurrent_measurements_are_all_counted()
    {
        var counter = _meter.CreateCounter<long>($"{_prefix}.busy");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("w", worker % 2));
            }
        }))).OrTimeout();
        Assert.Equal([$"{_prefix}_busy_total{{w=\"0\"}} 20000", $"{_prefix}_busy_total{{w=\"1\"}} 20000"], Lines().Where(line => line[0] != '#').Order());
    }

    [Fact]
    public void A_measurement_with_known_tags_allocates_nothing()
    {
        // Not through the instrument: every listener of the process would take part in the count.
        var family = MetricFamily.For(_meter.CreateHistogram<double>($"{_prefix}.hot", "s"))!;
        KeyValuePair<string, object?>[] tags = [new("stage", "first_audio"), new("mode", "agent")];
        family.Record(0.02, tags);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            family.Record(0.02, tags);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [PromtoolFact]
    public async Task The_metrics_of_a_service_pass_promtool()
    {
        await using var service = await TestService.StartAsync();
        var client = service.CreateClient().As();
        await client.GetStringAsyncOf("/nowhere", HttpStatusCode.NotFound);
        _meter.CreateHistogram<double>($"{_prefix}.latency", "s", "Latency").Record(0.25, new KeyValuePair<string, object?>("q", "\"\\\n"));
        var text = await client.GetStringAsyncOf("/metrics", HttpStatusCode.OK);
        Assert.Contains("http_server_request_duration_seconds_bucket", text);

        using var promtool = Process.Start(new ProcessStartInfo("promtool", "check metrics") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync().OrTimeout() + await promtool.StandardError.ReadToEndAsync().OrTimeout();
        await promtool.WaitForExitAsync().OrTimeout();
        Assert.Equal("", said);
        Assert.Equal(0, promtool.ExitCode);
    }

    private List<string> Lines() => [.. _store.Write().Split('\n').Where(line => line.Contains(_prefix))];
}
