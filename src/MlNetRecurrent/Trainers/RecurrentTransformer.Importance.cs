namespace MlNetRecurrent;

/// <content>What ML.NET's PermutationFeatureImportance asks of a model: which column it reads. The overloads that take any
/// <see cref="ITransformer"/> ask for the interface that is internal.</content>
public sealed partial class RecurrentTransformer : ISingleFeaturePredictionTransformer<object>, ISingleFeaturePredictionTransformer
{
    string ISingleFeaturePredictionTransformer<object>.FeatureColumnName => Model.Features.Name;

    string ISingleFeaturePredictionTransformer.FeatureColumnName => Model.Features.Name;

    DataViewType ISingleFeaturePredictionTransformer<object>.FeatureColumnType => Model.Features.HoldsTokens
        ? new VectorDataViewType(new KeyDataViewType(typeof(uint), Model.Features.Tokens - 1))
        : new VectorDataViewType(NumberDataViewType.Single, 0, Model.Features.Features);

    object IPredictionTransformer<object>.Model => Model;
}
