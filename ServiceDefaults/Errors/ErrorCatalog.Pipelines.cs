namespace Voice.ServiceDefaults.Errors;

/// <summary>Pipelines and their runs.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Pipelines =>
    [
        new("bulk_run_not_found", 404, "There is no such bulk run", "GET /api/v1/pipelines/{id}/bulk-runs lists those of a pipeline."),
        new("file_not_found", 404, "There is no such file", "Files are named by the runs that have them."),
        new("invalid_inputs", 400, "The inputs are not the pipeline's", "param names the input, the detail what it may be."),
        new("invalid_pipeline", 400, "The pipeline is not valid", "problems lists what is wrong, each with its step and field."),
        new("pipeline_not_found", 404, "There is no such pipeline", "GET /api/v1/pipelines lists those of your organization."),
        new("pipeline_version_not_found", 404, "The pipeline has no such version", "Its versions count from 1; GET /api/v1/pipelines/{id}/versions lists them."),
        new("run_exists", 409, "There are such runs already", "By the pipeline's idempotency rule these inputs have been run; list its runs."),
        new("run_not_found", 404, "There is no such run", "GET /api/v1/pipelines/{id}/runs lists those of a pipeline."),
        new("run_not_stopped", 409, "The run has not stopped", "Only runs that failed or were cancelled are resumed."),
        new("run_over", 409, "The run is over", "What has ended cannot be cancelled."),
    ];
}
