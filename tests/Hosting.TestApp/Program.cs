using Voice.Hosting.TestApp;

if (Environment.GetEnvironmentVariable("TEST_ROLE") == "service")
{
    return await Service.RunAsync();
}

Model.Build(args).Run();
return Environment.ExitCode;
