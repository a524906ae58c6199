using System.Text.Json;
using Aico.Host.Calls.Speaking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>Runs the tool calls of an answer side by side. A tool that fails tells the model so; it never fails the answer.</summary>
internal sealed class ToolRunner(CallContext call)
{
    // Without line breaks: a model pays for every one of them.
    private static readonly JsonSerializerOptions Json = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>Runs the calls and returns their results in the same order.</summary>
    public async Task<IReadOnlyList<AIContent>> RunAsync(Reply reply, IReadOnlyList<FunctionCallContent> calls, CancellationToken ct)
    {
        // Each has its own task, so that two slow tools take the time of one.
        var results = new List<Task<AIContent>>(calls.Count);
        foreach (var toolCall in calls)
        {
            results.Add(RunOneAsync(reply, toolCall, ct));
        }

        return await Task.WhenAll(results);
    }

    private async Task<AIContent> RunOneAsync(Reply reply, FunctionCallContent toolCall, CancellationToken ct)
    {
        var started = call.Now;
        var (result, error) = await InvokeAsync(reply, toolCall, ct);
        var content = new FunctionResultContent(toolCall.CallId, error is null ? result : $"Error: {error}");
        reply.Tools.Returned(content);
        var arguments = toolCall.Exception is null ? ToText(toolCall.Arguments) : "";
        var record = new ToolCallRecord(toolCall.Name, arguments, result, error, started, call.Now);
        reply.AddToolCall(record);
        await call.ReportAsync(new ToolCalled(call.Now, reply.Turn, record));
        if (error is not null)
        {
            await call.ReportAsync(new StageFailed(call.Now, CallStage.Tool, toolCall.Name, null, error));
        }

        return content;
    }

    private async Task<(string? Result, string? Error)> InvokeAsync(Reply reply, FunctionCallContent toolCall, CancellationToken ct)
    {
        if (toolCall.Exception is { } unreadable)
        {
            return (null, $"The arguments were not readable: {unreadable.Message}");
        }

        if (reply.Functions.FirstOrDefault(tool => tool.Name == toolCall.Name) is not { } function)
        {
            return (null, $"There is no tool {toolCall.Name}. There are: {string.Join(", ", reply.Functions.Select(tool => tool.Name))}.");
        }

        var limit = call.Settings.Thinking.ToolTimeout;
        using var timeout = new CancellationTokenSource(limit, call.Clock.Time);
        using var either = new ProviderCancellation(call, CallStage.Tool, toolCall.Name, ct, timeout.Token);
        try
        {
            var arguments = new AIFunctionArguments(toolCall.Arguments)
            {
                Context = call.Settings.ToolContext?.Invoke().ToDictionary(fact => (object)fact.Key, fact => (object?)fact.Value),
            };
            var invocation = function.InvokeAsync(arguments, either.Token).AsTask();
            return (ToText(await invocation.WaitAsync(either.Token)), null);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (null, $"The tool did not answer within {limit.TotalSeconds:0.#} seconds.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A tool is anyone's code: whatever it throws is the model's to deal with.
            return (null, e.Message);
        }
    }

    private static string ToText(object? value) => value switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString() ?? "",
        _ => JsonSerializer.Serialize(value, Json),
    };
}
