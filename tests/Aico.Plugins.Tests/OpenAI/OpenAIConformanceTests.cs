using Aico.Plugins.OpenAI;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.OpenAI;

public class OpenAIConformanceTests : HttpModelConformance
{
    protected override LocalResponse Answer => ChatCompletionsAnswers.Answer;

    protected override LocalResponse Call => ChatCompletionsAnswers.Call;

    protected override IChatClient Client(string url) => ModelRegistry.Create(new OpenAIPlugin(), new OpenAISettings { BaseUrl = url + "/v1", ApiKey = new("key-1") }, Context);
}
