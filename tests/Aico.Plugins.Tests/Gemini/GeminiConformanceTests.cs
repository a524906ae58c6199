using Aico.Plugins.Gemini;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Gemini;

public class GeminiConformanceTests : HttpModelConformance
{
    protected override LocalResponse Answer => GeminiAnswers.Answer;

    protected override LocalResponse Call => GeminiAnswers.Call;

    protected override IChatClient Client(string url) => ModelRegistry.Create(new GeminiPlugin(), new GeminiSettings { BaseUrl = url + "/v1beta", ApiKey = new("key-1") }, Context);
}
