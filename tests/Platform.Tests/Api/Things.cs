namespace Platform.Tests.Api;

internal static class Things
{
    /// <summary>A pipeline that takes what the examples give, and a run of it that has failed: it can be looked at, resumed, run again.</summary>
    private static async Task AddPipelineAsync(this Tenants tenants, string organization, string pipeline, string run, string bulk, string file)
    {
        const string Document = """{"name":"Theirs","inputs":{"text":{"type":"text"}},"steps":[{"id":"look","type":"detect","with":{"text":"{{inputs.text}}"}}]}""";
        await tenants.ExecuteAsync("insert into inference.pipelines (organization_id, id, name, version) values ($1, $2, 'Theirs', 2)", organization, pipeline);
        await tenants.ExecuteAsync(
            "insert into inference.pipeline_versions (organization_id, pipeline_id, version, document, created_by) select $1, $2, v, $3::jsonb, 'user_x' from generate_series(1, 2) v", organization, pipeline, Document);
        await tenants.ExecuteAsync("insert into inference.pipeline_bulk_runs (id, organization_id, pipeline_id, version, parallel, total) values ($1, $2, $3, 2, 2, 0)", bulk, organization, pipeline);
        await tenants.ExecuteAsync(
            """
            insert into inference.pipeline_runs (id, organization_id, pipeline_id, version, state, inputs, subject, ended_at, error)
            values ($1, $2, $3, 2, 'failed', '{"text":"x"}', 'user_x', now(), '{"step":"look","code":"internal_error","message":"x"}')
            """,
            run, organization, pipeline);
        await tenants.ExecuteAsync("insert into inference.pipeline_steps (run_id, id, position, type, state) values ($1, 'look', 0, 'detect', 'failed')", run);
        await tenants.ExecuteAsync("insert into inference.pipeline_events (run_id, sequence, type, data) values ($1, 1, 'run.created', '{}')", run);
        await tenants.ExecuteAsync("update inference.pipeline_runs set last_event = 1 where id = $1", run);
        await tenants.ExecuteAsync(
            "insert into inference.pipeline_files (id, organization_id, pipeline_id, run_id, name, content_type, bytes, blob) values ($1, $2, $3, $4, 'a.wav', 'audio/wav', 5, $2 || '/' || $1)", file, organization, pipeline, run);
    }

    /// <summary>One of everything that has an id.</summary>
    /// <returns>The address of an owner, and an id for each beginning of a path.</returns>
    public static async Task<(string Owner, Dictionary<string, string> Ids)> AddThingsAsync(this Tenants tenants, string organization)
    {
        var (ownerId, email) = await tenants.AddUserAsync(organization, "owner");
        var member = await tenants.AddUserAsync(organization, "member");
        var tag = Guid.NewGuid().ToString("n");
        var (upload, job) = ($"upl_{tag}", $"job_{tag}");
        var (agent, session, invitation, mail, key, login) = ($"agent_{tag}", $"sess_{tag}", $"inv_{tag}", $"mail_{tag}", $"key_{tag}", $"login_{tag}");
        await tenants.ExecuteAsync(
            "insert into voice.agents (organization_id, id, name, description, mode, language, instructions, tools) values ($1, $2, 'Theirs', '', 'agent', 'en', 'Be brief.', '[]')", organization, agent);
        await tenants.ExecuteAsync(
            """
            insert into voice.sessions (id, organization_id, user_id, agent_id, agent_name, mode, language, transport, status, started_at, ended_at, heartbeat_at)
            values ($1, $2, $3, $4, 'Theirs', 'agent', 'en', 'websocket', 'ended', now(), now(), now())
            """,
            session, organization, ownerId, agent);
        await tenants.ExecuteAsync(
            "insert into identity.invitations (id, organization_id, email, role, invited_by, created_at, expires_at) values ($1, $2, 'b@example.com', 'viewer', $3, now(), now() + interval '1 day')",
            invitation, organization, ownerId);
        // Mails are the installation's: only its first organization has them, and everybody else none.
        await tenants.ExecuteAsync(
            "insert into identity.mails (id, kind, recipient, language, created_at, next_try_at, subject, body, state) values ($1, 'sign_up', 'b@example.com', 'en', now(), now(), 'x', '\\x00', 'kept')", mail);
        await tenants.ExecuteAsync("insert into identity.api_keys (id, organization_id, name, key_sha256, created_at) values ($1, $2, 'theirs', sha256($1::bytea), now())", key, organization);
        await tenants.ExecuteAsync(
            "insert into identity.external_logins (id, user_id, issuer, subject, provider, created_at, last_used_at) values ($1, $2, 'https://provider.example', $1, 'test', now(), now())",
            login, ownerId);
        await tenants.ExecuteAsync(
            """
            insert into inference.uploads (id, organization_id, created_by, length, blob, created_at, expires_at)
            values ($1, $2, $3, 3, $2 || '/' || $1, now(), now() + interval '1 day')
            """,
            upload, organization, ownerId);
        await tenants.ExecuteAsync(
            """
            insert into inference.transcription_jobs (id, organization_id, created_by, state, upload_id, language, word_times, by_channel, response_format, metered, created_at, ended_at, expires_at)
            values ($1, $2, $3, 'completed', 'upl_x', 'en', false, false, 'json', false, now(), now(), now() + interval '1 day')
            """,
            job, organization, ownerId);
        var (pipeline, run, bulk, file) = ($"pipe_{tag}", $"run_{tag}", $"bulk_{tag}", $"pfile_{tag}");
        await tenants.AddPipelineAsync(organization, pipeline, run, bulk, file);
        var provider = $"theirs-{tag[..8]}";
        await tenants.ExecuteAsync(
            "insert into inference.organization_providers (organization_id, name, kind, settings, created_by, created_at, changed_at) values ($1, $2, 'openai-compatible', $3::jsonb, 'x', now(), now())",
            organization, provider, """{"Kind":"openai-compatible","BaseUrl":"https://models.example.com/v1","Model":"theirs"}""");
        return (email, new Dictionary<string, string>
        {
            ["/api/v1/uploads/"] = upload,
            ["/api/v1/transcription-jobs/"] = job,
            ["/api/v1/pipelines/"] = pipeline,
            ["/api/v1/pipeline-runs/"] = run,
            ["/api/v1/pipeline-bulk-runs/"] = bulk,
            ["/api/v1/pipeline-files/"] = file,
            ["/api/v1/agents/"] = agent,
            ["/api/v1/sessions/"] = session,
            ["/api/v1/invitations/"] = invitation,
            ["/api/v1/account/providers/"] = login,
            ["/api/v1/members/"] = member.Id,
            ["/api/v1/outbox/"] = mail,
            ["/api/v1/limits/keys/"] = key,
            ["/api/v1/api-keys/"] = key,
            ["/api/v1/providers/"] = provider,
        });
    }
}
