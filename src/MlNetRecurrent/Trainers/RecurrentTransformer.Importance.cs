namespace MlNetRecurrent;

/// <content>The first feature column, which ML.NET's PermutationFeatureImportance reads. Its overloads for any
/// <see cref="ITransformer"/> require the internal interface.</content>
public sealed partial class RecurrentTransformer : ISingleFeaturePredictionTransformer<object>, ISingleFeaturePredictionTransformer
{
    string ISingleFeaturePredictionTransformer<object>.FeatureColumnName => Model.Inputs.First.Name;

    string ISingleFeaturePredictionTransformer.FeatureColumnName => Model.Inputs.First.Name;

    DataViewType ISingleFeaturePredictionTransformer<object>.FeatureColumnType => Model.Inputs.First switch
    {
        { HoldsTokens: false, Features: var features } => new VectorDataViewType(NumberDataViewType.Single, 0, features),
        { Characters: 0, Tokens: var tokens } => new VectorDataViewType(new KeyDataViewType(typeof(uint), tokens - 1)),
        var words => new VectorDataViewType(new KeyDataViewType(typeof(uint), words.Tokens - 1), 0, words.Characters),
    };

    object IPredictionTransformer<object>.Model => Model;
}
