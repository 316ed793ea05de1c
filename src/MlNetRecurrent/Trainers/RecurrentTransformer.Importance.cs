namespace MlNetRecurrent;

/// <content>The feature column, which ML.NET's PermutationFeatureImportance reads. Its overloads for any <see cref="ITransformer"/> require
/// the internal interface.</content>
public sealed partial class RecurrentTransformer : ISingleFeaturePredictionTransformer<object>, ISingleFeaturePredictionTransformer
{
    string ISingleFeaturePredictionTransformer<object>.FeatureColumnName => Model.Features.Name;

    string ISingleFeaturePredictionTransformer.FeatureColumnName => Model.Features.Name;

    DataViewType ISingleFeaturePredictionTransformer<object>.FeatureColumnType => Model.Features.HoldsTokens
        ? new VectorDataViewType(new KeyDataViewType(typeof(uint), Model.Features.Tokens - 1))
        : new VectorDataViewType(NumberDataViewType.Single, 0, Model.Features.Features);

    object IPredictionTransformer<object>.Model => Model;
}
