using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Scripted;

/// <summary>The answer that a script has for a conversation.</summary>
/// <param name="Text">What is said, placeholders filled in.</param>
/// <param name="Calls">The tools that are called.</param>
/// <param name="Rule">The rule that answered; null for the opening and the repetition.</param>
internal sealed partial record ScriptAnswer(string Text, IReadOnlyList<FunctionCallContent> Calls, ScriptRule? Rule)
{
    /// <summary>Finds the answer.</summary>
    /// <exception cref="ProviderException">A pattern takes too long to search.</exception>
    public static ScriptAnswer Find(Script script, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var asked = Enumerable.Range(0, messages.Count).LastOrDefault(i => messages[i].Role == ChatRole.User, -1);
        if (asked < 0)
        {
            return new ScriptAnswer(script.Opening, [], null);
        }

        var text = messages[asked].Text.Trim();
        var results = messages.Skip(asked + 1).SelectMany(message => message.Contents).OfType<FunctionResultContent>().ToList();
        foreach (var rule in script.Rules)
        {
            if (Match(rule, text) is not { Success: true } match)
            {
                continue;
            }

            if (results.Count > 0)
            {
                return new ScriptAnswer(Fill(rule.AfterTools, text, match, results[^1].Result?.ToString()), [], rule);
            }

            var earlier = messages.Take(asked).Count(message => message.Role == ChatRole.User && Match(rule, message.Text).Success);
            var calls = FindCalls(rule, text, match, options, asked);
            return new ScriptAnswer(Fill(rule.Reply.For(earlier), text, match, null), calls, rule);
        }

        return new ScriptAnswer(Fill(script.Otherwise, text, null, null), [], null);
    }

    /// <summary>A tool that the agent does not offer is not called, as a model could not either.</summary>
    private static List<FunctionCallContent> FindCalls(ScriptRule rule, string text, Match match, ChatOptions? options, int asked)
    {
        var offered = options?.Tools?.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        return [.. rule.Tools
            .Where(tool => offered.Contains(tool.Name) && options!.ToolMode is not NoneChatToolMode)
            .Select((tool, index) => new FunctionCallContent(
                $"scripted-{asked}-{index}",
                tool.Name,
                tool.Arguments.ToDictionary(argument => argument.Key, argument => Value(argument.Value, text, match))))];
    }

    private static object? Value(JsonElement value, string text, Match match) =>
        value.ValueKind == JsonValueKind.String ? Fill(value.GetString()!, text, match, null) : value;

    private static Match Match(ScriptRule rule, string text)
    {
        try
        {
            return rule.When.Match(text);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new ProviderException(
                ProviderFailure.InvalidRequest, $"The script's pattern \"{rule.When}\" takes too long. Make it simpler.", error);
        }
    }

    private static string Fill(string template, string text, Match? match, string? result) =>
        Placeholder().Replace(template, placeholder => placeholder.Groups[1].Value switch
        {
            "text" => text,
            "result" when result is not null => result,
            var name => Group(match, name) ?? placeholder.Value,
        });

    private static string? Group(Match? match, string name) =>
        match is null ? null
        : int.TryParse(name, CultureInfo.InvariantCulture, out var number) ? number < match.Groups.Count ? match.Groups[number].Value : null
        : match.Groups.TryGetValue(name, out var group) ? group.Value
        : null;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
