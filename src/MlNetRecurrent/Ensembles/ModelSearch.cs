using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Ensembles;

/// <summary>Finds the network, or the networks of classes, in a model, which may be a pipeline.</summary>
internal static class ModelSearch
{
    /// <summary>The only network.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several, or one for each class.</exception>
    public static RecurrentTransformer FindNetwork(ITransformer model)
    {
        if (FindAll<OneVersusAllTransformer>(model).FirstOrDefault() is { Model.NetworkCount: var count })
            throw new InvalidOperationException($"The model has one network for each of {count} classes (OneVersusAll), not a single one.");
        RecurrentTransformer[] networks = [.. FindAll<RecurrentTransformer>(model)];
        return networks is [var only]
            ? only
            : throw new InvalidOperationException(networks.Length == 0
                ? $"The model ({model.GetType().Name}) has no recurrent network."
                : $"The model has {networks.Length} recurrent networks; take the one that is meant out of the pipeline.");
    }

    /// <summary>What adds the predictions: the only network, or the networks of the only <c>OneVersusAll</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public static ScoringModel FindModel(ITransformer model) =>
        FindAll<OneVersusAllTransformer>(model).ToArray() is [var only] && !FindAll<RecurrentTransformer>(model).Any()
            ? only.Model
            : FindNetwork(model).Model;

    private static IEnumerable<T> FindAll<T>(ITransformer model)
        where T : ITransformer
    {
        return model switch
        {
            T found => [found],
            IEnumerable<ITransformer> chain => chain.SelectMany(FindAll<T>),
            _ => [],
        };
    }
}
