using Aico.Plugins.Groq;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Groq;

public class GroqConformanceTests : HttpModelConformance
{
    protected override LocalResponse Answer => ChatCompletionsAnswers.Answer;

    protected override LocalResponse Call => ChatCompletionsAnswers.Call;

    protected override IChatClient Client(string url) => ModelRegistry.Create(new GroqPlugin(), new GroqSettings { BaseUrl = url + "/openai/v1", ApiKey = new("key-1") }, Context);
}
