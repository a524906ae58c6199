using Aico.Plugins.AzureOpenAI;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.AzureOpenAI;

public class AzureOpenAIConformanceTests : HttpModelConformance
{
    protected override LocalResponse Answer => ChatCompletionsAnswers.Answer;

    protected override LocalResponse Call => ChatCompletionsAnswers.Call;

    protected override IChatClient Client(string url) => ModelRegistry.Create(new AzureOpenAIPlugin(), new AzureOpenAISettings { Endpoint = url, Deployment = "d", ApiKey = new("key-1") }, Context);
}
