using Aico.Plugins.Anthropic;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Anthropic;

public class AnthropicConformanceTests : HttpModelConformance
{
    protected override LocalResponse Answer => AnthropicAnswers.Answer;

    protected override LocalResponse Call => AnthropicAnswers.Call;

    protected override IChatClient Client(string url) => ModelRegistry.Create(new AnthropicPlugin(), new AnthropicSettings { BaseUrl = url, ApiKey = new("key-1") }, Context);
}
