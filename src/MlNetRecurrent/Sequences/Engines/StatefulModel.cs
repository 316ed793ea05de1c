namespace MlNetRecurrent.Sequences.Engines;

/// <summary>Finds the transformers of a model that remember rows.</summary>
internal static class StatefulModel
{
    /// <summary>The same model; what its mappers remember is registered in <paramref name="memories"/>.</summary>
    public static ITransformer RegisterIn(List<IRowMemory> memories, ITransformer model) => model switch
    {
        IRemembersRows transformer => transformer.RegisterIn(memories),
        IEnumerable<ITransformer> chain => new TransformerChain<ITransformer>([.. chain.Select(part => RegisterIn(memories, part))]),
        _ => model,
    };
}
