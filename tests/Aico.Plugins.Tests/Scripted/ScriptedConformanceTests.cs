using Aico.Plugins.Scripted;
using Aico.Testing.Conformance;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Scripted;

public class ScriptedConformanceTests : LanguageModelConformance
{
    protected override IChatClient Create() => Client("""{ "opening": "Hello, who is there?" }""");

    protected override IChatClient CreateCalling() => Client(
        $$"""{ "rules": [{ "when": "weather in (\\w+)", "tools": [{ "name": "{{ToolName}}", "arguments": { "city": "{1}" } }], "afterTools": "It is {result}." }] }""");

    protected override IChatClient CreateEndless() => Client("""{ "rules": [{ "when": ".", "reply": "late", "firstTokenDelayMs": 600000 }] }""");

    protected override IChatClient CreateStalling() => Client("""{ "rules": [{ "when": ".", "reply": "soon and late", "tokenDelayMs": 600000 }] }""");

    protected override IChatClient CreateFaulty() => Client("""{ "rules": [{ "when": ".", "failure": { "category": "unavailable" } }] }""");

    private static ScriptedChatClient Client(string script) => new(new ScriptedSettings(), ScriptReader.Read(script), TimeProvider.System);
}
